"""The manual as plain files: the static edition through Sphinx, one HTML file, a PDF; Akoma Ntoso, JSON and tables.

    queries, pages -> plan (which pages there are) -> render (with the site's page objects and templates)
    -> sphinx_ext (inventory, prose, glossary) -> switch (written aside, unchanged files linked, switched in)

Nothing here decides what was in force or words an answer: the edition shows what `manual.pages` shows.
"""
