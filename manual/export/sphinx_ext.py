"""The Sphinx extension: takes finished pages, and adds our own theme, a domain for codes and the inventory.

Finished pages come through `html-collect-pages`. Sphinx renders the project's own prose, resolves `:instr:` and
`:term:` in it, and writes `objects.inv`, so that other projects can link to A16.1. Texts of the manual never pass
through any markup language. The builder writes no files itself: it hands each one to the job that runs it.
"""

from __future__ import annotations

import io
import logging
import tempfile
import warnings
from collections.abc import Iterator, Set
from contextvars import ContextVar
from pathlib import Path
from typing import Any, ClassVar, Protocol

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx, TemplateBridge
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains import Domain, ObjType
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxDirective, docutils_namespace, patch_docutils
from sphinx.util.inventory import InventoryFile
from sphinx.util.nodes import make_id, make_refnode

from manual.citation import Citation, anchor, parse_citation
from manual.errors import CitationError
from manual.export.pages import FACTS_MARK, Drawn
from manual.pages.home_page import GlossaryPage, Term, glossary_page
from manual.publisher import Publisher

BUILDER = "inforce"


class Job(Protocol):
    """What the extension needs from the export that runs it."""

    @property
    def publisher(self) -> Publisher:
        """Whose codes are cited."""
        ...

    def objects(self) -> Iterator[tuple[str, str, str]]:
        """Code, title and page name of every link target."""
        ...

    def place_of(self, cited: Citation) -> tuple[str, str]:
        """The page, without its ending, and the place on it that a citation means on the edition's day.

        An empty page for an unknown code.
        """
        ...

    def pages(self) -> Iterator[Drawn]: ...
    def prose(self, name: str, title: str, body: str) -> bytes: ...
    def put(self, name: str, data: bytes) -> None: ...


RUNNING: ContextVar[Job] = ContextVar("RUNNING")


def running() -> Job:
    try:
        return RUNNING.get()
    except LookupError:
        raise ExtensionError(
            "This project is built by `inforce export html DEST`, not by sphinx-build."
        ) from None


# ---------------------------------------------------------------- codes


class InstructionDomain(Domain):
    """Codes as objects: `:instr:` links to the page of a code, or to a place on it."""

    name = "inforce"
    label = "In Force"
    object_types: ClassVar[dict[str, ObjType]] = {"instruction": ObjType("instruction", "instr")}
    roles: ClassVar[dict[str, Any]] = {"instr": XRefRole()}

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for code, title, page in running().objects():
            yield code, f"{code} {title}".strip(), "instruction", page, "", 1

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        try:
            page, pinpoint = running().place_of(parse_citation(target, running().publisher))
        except CitationError:
            return None  # reported as a missing reference
        place = anchor(pinpoint) if pinpoint else ""
        return make_refnode(builder, fromdocname, page, place, contnode) if page else None

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        env, fromdocname, builder, target, node, contnode = args
        found = self.resolve_xref(env, fromdocname, builder, "instr", target, node, contnode)
        return [("inforce:instr", found)] if found is not None else []

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Nothing to merge: the job knows the codes."""


def label_codes(app: Sphinx, env: BuildEnvironment) -> None:
    """Give every code a label too, so that projects without this extension can link to it with `:ref:`."""
    std = env.get_domain("std")
    assert isinstance(std, StandardDomain)
    for code, title, page in running().objects():
        std.labels[code.lower()] = (page, "", f"{code} {title}".strip())
        std.anonlabels[code.lower()] = (page, "")


# ---------------------------------------------------------------- glossary and facts


class TermsDirective(SphinxDirective):
    """`.. inforce-terms:: answers` and the like: terms as the site's glossary words them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        kind = directives.choice(self.arguments[0], ("answers", "bases", "words"))
        page: GlossaryPage = glossary_page()
        listed = nodes.definition_list(classes=["terms"])
        for term in getattr(page, kind):
            listed += self._item(term)
        return [listed]

    def _item(self, term: Term) -> nodes.definition_list_item:
        node_id = make_id(self.env, self.state.document, "term", term.term)
        named = nodes.term("", "", nodes.Text(term.term), ids=[node_id])
        std = self.env.get_domain("std")
        assert isinstance(std, StandardDomain)
        if (
            "term",
            term.term,
        ) not in std.objects:  # "In force" is an answer and a word; the answer comes first
            std.note_object("term", term.term, node_id, location=named)
        self.state.document.note_explicit_target(named)
        return nodes.definition_list_item("", named, nodes.definition("", nodes.paragraph("", term.meaning)))


class FactsDirective(SphinxDirective):
    """`.. inforce-facts::`: when and from what this edition was made. The job replaces the marker with these facts."""

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", FACTS_MARK, format="html")]


# ---------------------------------------------------------------- builder


class EditionTemplates(TemplateBridge):
    """Sphinx asks for templates by name; here the job renders all pages."""

    def init(self, builder: Builder, theme: Any = None, dirs: list[str] | None = None) -> None:
        """Nothing to prepare."""

    def newest_template_mtime(self) -> float:
        return 0

    def newest_template_name(self) -> str:
        return ""

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Render prose: the body that Sphinx made of our own files, in the edition's frame."""
        return running().prose(context["pagename"], context["title"], context["body"]).decode()

    def render_string(self, template: str, context: dict[str, Any]) -> str:
        return template


class EditionBuilder(StandaloneHTMLBuilder):
    """HTML without Sphinx's search, index, static files and sources: the edition has its own."""

    name = BUILDER
    epilog = ""
    search = False
    copysource = False

    def get_outdated_docs(self) -> Iterator[str]:
        yield from sorted(self.env.found_docs)

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        *,
        outfilename: Path | None = None,
        event_arg: Any = None,
    ) -> None:
        if "finished" in addctx:  # its name is its whole address: feeds come this way, too
            running().put(pagename, addctx["finished"])
            return
        title = self.env.titles[pagename].astext()
        said = {"pagename": pagename, "title": title, "body": addctx["body"]}
        running().put(f"{pagename}{self.out_suffix}", self.templates.render(templatename, said).encode())

    def gen_indices(self) -> None:
        """Nothing: the A to Z is our own page."""

    def gen_additional_pages(self) -> None:
        """Nothing: Sphinx's search page would search only the prose."""

    def copy_assets(self) -> None:
        """Nothing: static files come from the job."""

    def write_buildinfo(self) -> None:
        """Nothing: the file would have no use."""

    def handle_finish(self) -> None:
        path = Path(self.outdir) / "objects.inv"
        InventoryFile.dump(path, self.env, self)
        running().put(path.name, path.read_bytes())


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    for drawn in running().pages():
        yield drawn.address, {"finished": drawn.html}, "finished"


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_builder(EditionBuilder)
    app.add_domain(InstructionDomain)
    app.add_directive("inforce-terms", TermsDirective)
    app.add_directive("inforce-facts", FactsDirective)
    app.add_html_theme("inforce", str(Path(__file__).parent / "theme"))
    app.connect("env-updated", label_codes)
    app.connect("html-collect-pages", collect_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


# ---------------------------------------------------------------- one run


def run_sphinx(project: Path, job: Job) -> str:
    """Run Sphinx over `project` with the pages of `job`; returns its warnings."""
    said = io.StringIO()
    token = RUNNING.set(job)
    try:
        with tempfile.TemporaryDirectory(prefix="inforce-sphinx-") as scratch, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # warnings of Sphinx's libraries; Sphinx's own are in `said`
            with patch_docutils(str(project)), docutils_namespace():
                app = Sphinx(
                    srcdir=project,
                    confdir=project,
                    outdir=Path(scratch) / "out",
                    doctreedir=Path(scratch) / "doctrees",
                    buildername=BUILDER,
                    status=None,
                    warning=said,
                    freshenv=True,
                )
                app.build(force_all=True)
    finally:
        RUNNING.reset(token)
        logging.getLogger("sphinx").handlers.clear()
    return said.getvalue().strip()
