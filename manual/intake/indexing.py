"""Update the search index after a load, with as little work as is certainly sufficient."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from manual.errors import IndexFault, StoreError
from manual.load import LoadSummary, Progress
from manual.model import Code, VersionId
from manual.publisher import INZ, Publisher
from manual.queries import KnowledgeBase
from manual.stamp import index_stamp


@contextmanager
def knowledge_base_before(home: Path, publisher: Publisher = INZ) -> Iterator[KnowledgeBase | None]:
    """The knowledge base in its present state, even if it is replaced meanwhile; None if there is none."""
    with ExitStack() as opened:
        try:
            kb = opened.enter_context(KnowledgeBase(home, publisher))
            opened.enter_context(kb.steady())
        except StoreError:
            yield None
        else:
            yield kb


def refresh_index(
    home: Path,
    progress: Progress,
    summary: LoadSummary,
    before: KnowledgeBase | None,
    publisher: Publisher = INZ,
) -> None:
    """Update the index to the knowledge base. If the index fails, only the search suffers, not the load.

    `before`: the knowledge base before the load; without it the index is rebuilt. A line in the home says for which
    state, and by which program, the index was last made, so that a load without changes need not open it.
    """
    folder, note = home / "index", home / "index.made-for"
    wanted = f"{summary.digest} {index_stamp()}"
    if before and folder.is_dir() and note.is_file() and note.read_text(encoding="ascii") == wanted:
        return
    try:
        _make_index(home, progress, summary, before, publisher)
        note.write_text(wanted, encoding="ascii")
    except IndexFault as problem:
        progress.say(f"The search index could not be made; everything else is done. {problem}")


def _make_index(
    home: Path, progress: Progress, summary: LoadSummary, before: KnowledgeBase | None, publisher: Publisher
) -> None:
    from indexer import build, update

    with KnowledgeBase(home, publisher) as kb, kb.steady():
        made_for = _digest_of_index(home, publisher)
        if before and made_for == kb.digest:
            return
        progress.begin("Indexing", None)
        one_load_apart = made_for == summary.built_on and kb.digest == summary.digest
        if before and one_load_apart and before.digest == summary.built_on:
            try:
                concerned, gone = _concerned(kb, before, summary)
            except StoreError:
                pass  # the earlier file was damaged in an unread place: the differences from it are not known
            else:
                update(kb.documents_of(concerned), gone, home / "index", kb_digest=kb.digest)
                return
        build(kb.documents(), home / "index", kb_digest=kb.digest)


def _digest_of_index(home: Path, publisher: Publisher) -> str:
    """The digest of the knowledge base for which the index was made; empty if no index can be read."""
    from indexer import SearchIndex

    try:
        return SearchIndex.open(home / "index", publisher).digest
    except IndexFault:
        return ""


def _concerned(
    kb: KnowledgeBase, before: KnowledgeBase, summary: LoadSummary
) -> tuple[list[Code], set[VersionId]]:
    """Codes whose documents may have changed, and all versions that they had before. Updating these gives the same
    index as a rebuild.

    A document is made from its code's history, its text and its code's place in the contents. The first two are
    unchanged since `before` unless the load derived them again; places change with the contents and with other codes.
    """
    old, new = before.places(), kb.places()
    concerned = summary.derived | {code for code in old.keys() | new.keys() if old.get(code) != new.get(code)}
    gone = {version.id for code in concerned & old.keys() for version in before.history_of(code).versions}
    return sorted(concerned & new.keys()), gone
