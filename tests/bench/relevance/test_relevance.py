"""The judged set and the loader of outside collections."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("ir_measures")

from bench.relevance.collections_of_trec import read_collection
from bench.relevance.score import judged_set, score_collection

DOCUMENTS = """<DOC><DOCNO> AP-1 </DOCNO><TITLE>Bees and <B>hives</B></TITLE><TEXT>Bees are kept in hives.</TEXT></DOC>
<DOC><DOCNO>AP-2</DOCNO><HEADLINE>Ships</HEADLINE><TEXT>A harbour pilot boards a ship.</TEXT></DOC>
<DOC><DOCNO>AP-3</DOCNO><TEXT>Nothing about either.</TEXT></DOC>"""
TOPICS = """<top><num> Number: 051
<title> bees <desc> Description:
What is known about "hives" (of bees)?
<narr> Narrative: anything else
</top>
<top><num> 52 <title> harbour pilots </title></top>"""
QRELS = "051 0 AP-1 1\n051 0 AP-2 0\n52 0 AP-2 2\n"


def test_judged_set_is_large_enough_and_asks_what_has_no_answer() -> None:
    """Too few queries measure luck; without unanswerable ones, an engine that answers everything looks best."""
    judged = judged_set()
    kinds = Counter(one.kind for one in judged)
    assert len(judged) >= 100
    assert kinds["none"] >= 15
    assert min(kinds.values()) >= 5
    assert all(bool(one.grades) == (one.kind != "none") for one in judged)


def test_collection_in_trec_form_is_read_and_scored(tmp_path: Path) -> None:
    """Otherwise the engine can't be measured on what others judged."""
    paths = []
    for name, text in (("documents", DOCUMENTS), ("topics", TOPICS), ("qrels", QRELS)):
        paths.append(tmp_path / name)
        paths[-1].write_text(text)
    collection = read_collection(*paths)
    assert [version.id for version in collection.documents] == ["AP-1", "AP-2", "AP-3"]
    assert collection.documents[0].title == "Bees and hives"
    assert collection.topics == {"51": "bees What is known about hives of bees", "52": "harbour pilots"}
    assert collection.grades["51"] == {"AP-1": 1, "AP-2": 0}
    assert score_collection(collection, tmp_path / "index")["nDCG@10"] == 1.0


def test_document_without_a_number_is_an_error(tmp_path: Path) -> None:
    """It could not be judged, and would silently count as never found."""
    for name, text in (("documents", "<DOC><TEXT>x</TEXT></DOC>"), ("topics", ""), ("qrels", "")):
        (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match="DOCNO"):
        read_collection(tmp_path / "documents", tmp_path / "topics", tmp_path / "qrels")
