"""The Sphinx project of the static edition; `inforce export html DEST` builds it. All else is in manual/export/."""

project = "In Force"
author = "The In Force developers"
language = "en"

extensions = ["manual.export.sphinx_ext"]
primary_domain = "inforce"
root_doc = "edition"
exclude_patterns = ["_pages", "_doctrees", "_html"]

nitpicky = True  # a reference that leads nowhere is reported, and a report is an error
smartquotes = False  # they would rewrite what is quoted

html_theme = "inforce"
template_bridge = "manual.export.sphinx_ext.EditionTemplates"
html_copy_source = False
html_use_index = False
html_permalinks = False
