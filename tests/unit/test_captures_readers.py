"""Saved pages of every kind, whole and damaged, as captures and findings."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import quopri
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from manual.captures import Limits, RawCapture, read_paths, viewer_of
from manual.errors import SourceError
from manual.model import Finding
from manual.publisher import INZ

SITE = "https://www.immigration.govt.nz/opsmanual"
PAGE = b"<!DOCTYPE html><html><body><p>Written for this test.</p></body></html>"
DAY = date(2026, 8, 11)
NOON = datetime(2026, 8, 11, 0, 0, tzinfo=UTC)  # noon in Auckland, in winter


def read(
    *paths: Path, captured: date | None = None, limits: Limits | None = None
) -> tuple[list[RawCapture], list[Finding]]:
    found = list(read_paths(paths, captured=captured, limits=limits))
    return [f for f in found if isinstance(f, RawCapture)], [f for f in found if isinstance(f, Finding)]


def kinds(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(finding.severity, finding.kind) for finding in findings]


def put(folder: Path, name: str, data: bytes = PAGE) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def zipped(path: Path, members: dict[str, bytes], *, packed: bool = True) -> Path:
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, how)
    return path


# ---------------------------------------------------------------- files and folders


def test_page_without_origin_takes_address_from_its_name_and_moment_from_the_person(tmp_path: Path) -> None:
    """If it failed, a folder of pages saved by hand would have neither addresses nor days."""
    [page], findings = read(put(tmp_path, "77177.htm"), captured=DAY)
    assert findings == []
    assert (page.data, page.media, page.address, page.site_path) == (PAGE, "html", None, "opsmanual/77177")
    assert (page.captured_at, page.day_basis) == (NOON, "keeper")


def test_moment_stays_unknown_where_nobody_says(tmp_path: Path) -> None:
    """If it failed, the moment of loading would pass for the moment of saving."""
    [page], _ = read(put(tmp_path, "77177.htm"))
    assert page.captured_at is None


def test_own_comment_ranks_above_the_name(tmp_path: Path) -> None:
    """If it failed, a page renamed to another page's number would be filed under that one."""
    comment = f"<!-- saved from url=(0051){SITE}/77177.htm -->".encode()
    [page], _ = read(put(tmp_path, "12345.htm", comment + PAGE))
    assert (page.address, page.site_path) == (f"{SITE}/77177.htm", "opsmanual/77177")


def test_viewer_saved_at_a_topic_is_not_that_topic(tmp_path: Path) -> None:
    """If it failed, the empty frame would claim the address of an instruction."""
    comment = f"<!-- saved from url=(0052){SITE}/#46513.htm -->".encode()
    [page], _ = read(put(tmp_path, "46513.htm", comment + PAGE))
    assert (page.address, page.site_path) == (f"{SITE}/#46513.htm", viewer_of(INZ))


def test_folder_is_read_in_order_without_hidden_files_and_pictures(tmp_path: Path) -> None:
    """If it failed, two loads of one folder could differ, or a page's decoration would be taken for pages."""
    for name in ("b/2.htm", "a/3.txt", "1.HTM", ".hidden/4.htm", ".5.htm", "6.png", "7.css", "a/8.mhtml.bak"):
        put(tmp_path, name)
    put(tmp_path, "9.htm")
    put(tmp_path, "9_files/frame.htm")
    put(tmp_path, "9_files/sub/frame.html")
    pages, findings = read(tmp_path)
    assert [page.filename for page in pages] == ["1.HTM", "9.htm", "a/3.txt", "b/2.htm"]
    assert [page.site_path for page in pages] == [
        "opsmanual-archive/1", "opsmanual/9", "opsmanual/3", "opsmanual/2"
    ]  # fmt: skip
    assert kinds(findings) == [("info", "passed_over")]
    assert "3 other files" in findings[0].message


def test_files_folder_without_its_page_is_an_ordinary_folder(tmp_path: Path) -> None:
    """If it failed, a folder that merely ends in `_files` would be left out in silence."""
    put(tmp_path, "my_files/1.htm")
    pages, _ = read(tmp_path)
    assert len(pages) == 1


def test_link_that_leads_back_up_does_not_loop(tmp_path: Path) -> None:
    """If it failed, one link in a folder would keep the load running for ever."""
    put(tmp_path, "1.htm")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    pages, _ = read(tmp_path)
    assert len(pages) == 1


def test_device_or_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    """If it failed, the load would wait for ever on a pipe."""
    os.mkfifo(tmp_path / "1.htm")
    pages, findings = read(tmp_path / "1.htm")
    assert (pages, kinds(findings)) == ([], [("error", "not_a_page")])


def test_path_that_does_not_exist_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    """If it failed, a typing error would be noticed after an hour of loading, or never."""
    with pytest.raises(SourceError, match="no such file"):
        read_paths([put(tmp_path, "1.htm"), tmp_path / "absent"], captured=None)


def test_empty_file_and_folder_without_pages_are_said(tmp_path: Path) -> None:
    """If it failed, a load of nothing would look like a success."""
    put(tmp_path, "x/1.htm", b" \r\n")
    _, findings = read(tmp_path / "x")
    assert kinds(findings) == [("error", "empty_file"), ("warning", "no_pages")]


@pytest.mark.parametrize("name", ["scan.pdf", "scan", "77177.doc", "77177.htm", "77177.txt"])
@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n", b"MZ\0\0\0\0", b"words, then " * 900 + bytes(range(32)) * 20]
)
def test_file_that_is_no_page_is_named_as_such(tmp_path: Path, name: str, data: bytes) -> None:
    """If it failed, bytes of anything would be kept as if they were a text of the manual."""
    pages, findings = read(put(tmp_path, name, data))
    assert (pages, kinds(findings)) == ([], [("error", "not_a_page")])


def test_file_without_an_ending_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    """If it failed, a page saved by another program would be refused for its name."""
    pages, _ = read(put(tmp_path, "page", b"\xef\xbb\xbf" + PAGE), put(tmp_path, "words", b"A1.1 Heading"))
    assert [page.media for page in pages] == ["html", "text"]


def test_page_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """If it failed, a file of any size would be read into memory."""
    put(tmp_path, "1.htm", b"<p>" * 100)
    put(tmp_path, "2.htm")
    pages, findings = read(tmp_path, limits=Limits(page=200))
    assert ([p.filename for p in pages], kinds(findings)) == (["2.htm"], [("error", "too_large")])


def test_fifty_megabytes_are_too_much_for_a_page(tmp_path: Path) -> None:
    """If it failed, the stated limit would not be the one enforced."""
    with put(tmp_path, "1.htm").open("r+b") as stream:
        stream.truncate(50 * 1024 * 1024)
    _, findings = read(tmp_path / "1.htm")
    assert kinds(findings) == [("error", "too_large")]


def test_name_that_is_no_text_is_kept_as_text(tmp_path: Path) -> None:
    """If it failed, one odd file name would break the log of captures or the terminal."""
    (tmp_path / os.fsdecode(b"\xff\x1b[31m.htm")).write_bytes(PAGE)
    [page], _ = read(tmp_path)
    assert page.filename.isprintable()
    assert page.filename.encode("utf-8").endswith(b".htm")


def test_register_of_facts_is_a_capture_of_its_own_kind(tmp_path: Path) -> None:
    """If it failed, the bundled facts could not be loaded like any other source."""
    [page], _ = read(put(tmp_path, "x.register.json", b"{}"))
    assert (page.media, page.site_path) == ("register", None)


# ---------------------------------------------------------------- packages


def package(
    *,
    root: bytes = PAGE,
    encoding: str = "quoted-printable",
    located: str = f"{SITE}/77177.htm",
    frame: str = "",
) -> bytes:
    coded = quopri.encodestring(root) if encoding == "quoted-printable" else base64.encodebytes(root)
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {located}\r\n"
        "Subject: =?utf-8?Q?Written_for_a_test?=\r\n"
        "Date: Tue, 11 Aug 2026 09:30:00 +1200\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Edge----"\r\n\r\n\r\n'
        f"------Edge----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: {located}\r\n\r\n"
    ).encode()
    framed = (
        f"\r\n------Edge----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: binary\r\n"
        f"Content-Location: {frame}\r\n\r\n".encode()
        + PAGE
        if frame
        else b""
    )
    picture = (
        b"\r\n------Edge----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: https://example.org/x.png\r\n\r\niVBORw0KGgo=\r\n\r\n------Edge------\r\n"
    )
    return head + coded + framed + picture


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("name", ["x.mhtml", "x.mht", "x.htm"])
def test_package_gives_its_page_with_address_and_moment(tmp_path: Path, encoding: str, name: str) -> None:
    """If it failed, the commonest way of saving one page in one file would lose where and when."""
    [page], findings = read(put(tmp_path, name, package(encoding=encoding)), captured=date(2020, 1, 1))
    assert findings == []
    assert page.data.rstrip() == PAGE
    assert (page.address, page.site_path) == (f"{SITE}/77177.htm", "opsmanual/77177")
    assert page.captured_at == datetime(2026, 8, 10, 21, 30, tzinfo=UTC)


def test_package_of_the_viewer_gives_the_topic_in_its_frame_too(tmp_path: Path) -> None:
    """If it failed, the text that a person saw in the viewer when saving would be lost."""
    data = package(located=f"{SITE}/#46513.htm", frame=f"{SITE}/46513.htm")
    pages, findings = read(put(tmp_path, "x.mhtml", data))
    assert findings == []
    assert [page.site_path for page in pages] == [viewer_of(INZ), "opsmanual/46513"]


def test_package_cut_off_in_its_page_gives_no_page(tmp_path: Path) -> None:
    """If it failed, half a text would later look like an amendment."""
    whole = package()
    pages, findings = read(put(tmp_path, "x.mhtml", whole[: whole.index(b"Written for this")]))
    assert (pages, kinds(findings)) == ([], [("error", "truncated")])


def test_package_cut_off_after_its_page_still_gives_it(tmp_path: Path) -> None:
    """If it failed, a missing picture would cost the text."""
    pages, findings = read(put(tmp_path, "x.mhtml", package()[:-30]))
    assert (len(pages), kinds(findings)) == (1, [("info", "truncated")])


@pytest.mark.parametrize(
    "data",
    [b"", b"no package", b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx",
     package(encoding="base64").replace(b"PCFET0", b"P")],
)  # fmt: skip
def test_package_that_is_none_is_a_finding(tmp_path: Path, data: bytes) -> None:
    """If it failed, a damaged package would end the load or be kept as an empty text."""
    pages, findings = read(put(tmp_path, "x.mhtml", data))
    assert pages == []
    assert [finding.severity for finding in findings] == ["error"]


def test_parts_within_parts_without_end_are_a_finding(tmp_path: Path) -> None:
    """If it failed, a hostile package could exhaust the stack."""
    data = b"MIME-Version: 1.0\r\n"
    for depth in range(3000):
        data += f'Content-Type: multipart/mixed; boundary="b{depth}"\r\n\r\n--b{depth}\r\n'.encode()
    pages, findings = read(put(tmp_path, "x.mhtml", data))
    assert (pages, [finding.severity for finding in findings]) == ([], ["error"])


# ---------------------------------------------------------------- zip


def test_zip_is_read_like_the_folder_it_was_made_of(tmp_path: Path) -> None:
    """If it failed, what a colleague sends in one file would have to be unpacked by hand."""
    members = {
        "opsmanual/77177.htm": PAGE, "opsmanual-archive/4783.htm": PAGE + b" ", "9.htm": PAGE + b"  ",
        "9_files/frame.htm": b"x", "__MACOSX/9.htm": b"x", ".git/1.htm": b"x", "x.png": b"x", "in.mhtml": package(),
    }  # fmt: skip
    pages, findings = read(zipped(tmp_path / "saved.zip", members), captured=DAY)
    assert [page.filename for page in pages] == [
        "saved.zip!9.htm", "saved.zip!in.mhtml", "saved.zip!opsmanual-archive/4783.htm",
        "saved.zip!opsmanual/77177.htm",
    ]  # fmt: skip
    assert [page.site_path for page in pages] == [
        "opsmanual/9", "opsmanual/77177", "opsmanual-archive/4783", "opsmanual/77177"
    ]  # fmt: skip
    assert kinds(findings) == [("info", "passed_over")]


@pytest.mark.parametrize(
    "name", ["../77177.htm", "/etc/77177.htm", "C:/77177.htm", "..\\77177.htm", "a/../7.htm"]
)
def test_member_name_that_leads_elsewhere_names_nothing(tmp_path: Path, name: str) -> None:
    """If it failed, a hostile archive could place its page under an address of its choice, or a file on the disk."""
    before = set(tmp_path.parent.rglob("*"))
    [page], findings = read(zipped(tmp_path / "x.zip", {name: PAGE}))
    assert (page.site_path, kinds(findings)) == (None, [("warning", "unsafe_member_name")])
    assert set(tmp_path.parent.rglob("*")) - before == {tmp_path / "x.zip"}


def test_archive_within_an_archive_is_read_and_a_third_level_is_not(tmp_path: Path) -> None:
    """If it failed, archives within archives could go on without end."""
    inner = zipped(tmp_path / "3.zip", {"3.htm": PAGE}).read_bytes()
    middle = zipped(tmp_path / "2.zip", {"2.htm": PAGE, "3.zip": inner}).read_bytes()
    outer = zipped(tmp_path / "1.zip", {"1.htm": PAGE, "2.zip": middle})
    pages, findings = read(outer)
    assert [page.site_path for page in pages] == ["opsmanual/1", "opsmanual/2"]
    assert kinds(findings) == [("error", "archive_nested")]


def test_member_that_unpacks_beyond_measure_is_left_packed(tmp_path: Path) -> None:
    """If it failed, a few kilobytes could fill the memory."""
    path = zipped(tmp_path / "x.zip", {"1.htm": b"\0" * (2 * 1024 * 1024), "2.htm": PAGE})
    pages, findings = read(path)
    assert ([p.site_path for p in pages], kinds(findings)) == (["opsmanual/2"], [("error", "archive_bomb")])


@pytest.mark.parametrize("limits", [Limits(members=3), Limits(expanded=3 * len(PAGE))])
def test_archive_over_its_limits_is_stopped(tmp_path: Path, limits: Limits) -> None:
    """If it failed, the limits on the number of members or on all of their sizes would be words only."""
    path = zipped(tmp_path / "x.zip", {f"{n}.htm": PAGE for n in range(1, 10)})
    pages, findings = read(path, limits=limits)
    assert len(pages) <= 3
    assert kinds(findings) == [("error", "archive_too_large")]


def test_limit_holds_for_the_archives_inside_as_well(tmp_path: Path) -> None:
    """If it failed, the limits could be passed by packing twice."""
    inner = zipped(tmp_path / "i.zip", {f"{n}.htm": PAGE for n in range(5)}).read_bytes()
    path = zipped(tmp_path / "x.zip", {"a.zip": inner, "b.zip": inner})
    pages, findings = read(path, limits=Limits(members=8))
    assert (len(pages), kinds(findings)) == (5, [("error", "archive_too_large")])


def test_encrypted_members_are_said_and_the_others_read(tmp_path: Path) -> None:
    """If it failed, an encrypted archive would end in a traceback or in silence."""
    path = zipped(tmp_path / "x.zip", {"1.htm": PAGE, "2.htm": PAGE})
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    path.write_bytes(data)
    pages, findings = read(path)
    assert ([p.site_path for p in pages], kinds(findings)) == (
        ["opsmanual/2"],
        [("error", "archive_encrypted")],
    )


def test_zip_cut_anywhere_is_a_finding(tmp_path: Path) -> None:
    """If it failed, a download that broke off would end in a traceback."""
    whole = zipped(tmp_path / "x.zip", {"1.htm": PAGE, "2.htm": PAGE}).read_bytes()
    for length in range(0, len(whole), 7):
        pages, findings = read(put(tmp_path, "cut.zip", whole[:length]))
        assert (pages, kinds(findings)) == ([], [("error", "archive_damaged")])


def test_damaged_member_does_not_cost_the_others(tmp_path: Path) -> None:
    """If it failed, one bad byte would lose a whole archive."""
    path = zipped(tmp_path / "x.zip", {"1.htm": PAGE, "2.htm": PAGE}, packed=False)
    path.write_bytes(path.read_bytes().replace(b"Written", b"Wrotten", 1))
    pages, findings = read(path)
    assert ([p.site_path for p in pages], kinds(findings)) == (
        ["opsmanual/2"],
        [("error", "archive_damaged")],
    )


# ---------------------------------------------------------------- web archives


def record(
    address: str, data: bytes = PAGE, *, status: str = "200 OK", kind: str = "text/html", coding: str = "",
    moment: str = "2024-03-01T10:00:00Z", first: str = "",
) -> bytes:  # fmt: skip
    """One record, uncompressed: a response, or a revisit of the response made at `first`."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n" + (
        f"Content-Encoding: {coding}\r\n" if coding else ""
    )
    block = http.encode() + b"\r\n" + (b"" if first else data)
    digest = base64.b32encode(hashlib.sha1(data).digest()).decode()
    refers = f"WARC-Refers-To-Target-URI: {address}\r\nWARC-Refers-To-Date: {first}\r\n" if first else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {'revisit' if first else 'response'}\r\nWARC-Target-URI: {address}\r\n"
        f"WARC-Date: {moment}\r\nWARC-Payload-Digest: sha1:{digest}\r\n{refers}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def web_archive(*, gzipped: bool = True) -> bytes:
    records = [
        record(f"{SITE}/77177.htm"),
        record(f"{SITE}/gone.htm", status="404 Not Found"),
        record(f"{SITE}/x.png", b"\x89PNG", kind="image/png"),
        record(f"{SITE}/1.htm", gzip.compress(PAGE + b"1"), coding="gzip"),
        record("https://www.immigration.govt.nz/robots.txt", b"User-agent: *", kind="text/plain"),
        record(f"{SITE}/77177.htm", moment="2025-06-01T00:00:00Z", first="2024-03-01T10:00:00Z"),
    ]
    return b"".join(map(gzip.compress, records) if gzipped else records)


@pytest.mark.parametrize(("name", "gzipped"), [("x.warc.gz", True), ("x.warc", False)])
def test_web_archive_gives_its_pages_with_address_and_moment(
    tmp_path: Path, name: str, gzipped: bool
) -> None:
    """If it failed, years of pages that a web archive holds could not be taken in."""
    pages, findings = read(put(tmp_path, name, web_archive(gzipped=gzipped)), captured=DAY)
    assert [(p.site_path, p.data, p.captured_at and p.captured_at.isoformat()) for p in pages] == [
        ("opsmanual/77177", PAGE, "2024-03-01T10:00:00+00:00"),
        ("opsmanual/1", PAGE + b"1", "2024-03-01T10:00:00+00:00"),
        ("opsmanual/77177", PAGE, "2025-06-01T00:00:00+00:00"),
    ]
    assert kinds(findings) == [("info", "passed_over")]


def test_wacz_and_zip_with_a_web_archive_give_the_same(tmp_path: Path) -> None:
    """If it failed, the newer form of web archives could not be taken in."""
    members = {"archive/data.warc.gz": web_archive(), "datapackage.json": b"{}", "pages/1.htm": b"x",
               "indexes/index.cdx": b""}  # fmt: skip
    pages, _ = read(zipped(tmp_path / "x.wacz", members, packed=False))
    zipped(tmp_path / "y.zip", {"in.wacz": (tmp_path / "x.wacz").read_bytes()})
    again, findings = read(tmp_path / "y.zip")
    assert len(pages) == len(again) == 3
    assert [p.data for p in pages] == [p.data for p in again]
    assert kinds(findings) == [("info", "passed_over")]


def test_revisit_without_its_original_is_said(tmp_path: Path) -> None:
    """If it failed, a sighting would be lost in silence, or an empty page kept."""
    data = record(f"{SITE}/77177.htm", moment="2025-06-01T00:00:00Z", first="2001-01-01T00:00:00Z")
    pages, findings = read(put(tmp_path, "x.warc.gz", gzip.compress(data)))
    assert pages == []
    assert ("warning", "revisit_without_original") in kinds(findings)


def test_web_archive_cut_anywhere_gives_only_whole_pages(tmp_path: Path) -> None:
    """If it failed, a broken download would give half a text, or a traceback."""
    for gzipped, name in ((True, "x.warc.gz"), (False, "x.warc")):
        whole = web_archive(gzipped=gzipped)
        for length in range(1, len(whole), 41):
            pages, findings = read(put(tmp_path, name, whole[:length]))
            assert {p.data for p in pages} <= {PAGE, PAGE + b"1"}
            assert pages or any(f.severity == "error" for f in findings)


def test_something_else_named_like_a_web_archive_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """If it failed, a wrong file would end in a traceback or in lines of another program."""
    odd = {"x.warc.gz": b"no archive", "y.warc": b"no archive\n", "z.warc.gz": gzip.compress(PAGE)}
    for name, data in odd.items():
        _, findings = read(put(tmp_path, name, data))
        assert "error" in {finding.severity for finding in findings}, name
    assert capsys.readouterr() == ("", "")


def test_payload_that_unpacks_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    """If it failed, a compressed response could fill the memory."""
    data = record(f"{SITE}/1.htm", gzip.compress(b"\0" * 4_000_000), coding="gzip") + record(f"{SITE}/2.htm")
    pages, findings = read(put(tmp_path, "x.warc", data), limits=Limits(page=1_000_000))
    assert ([p.site_path for p in pages], kinds(findings)) == (["opsmanual/2"], [("error", "too_large")])


def test_page_compressed_in_a_way_not_read_here_is_said(tmp_path: Path) -> None:
    """If it failed, compressed bytes would be kept as a text."""
    pages, findings = read(put(tmp_path, "x.warc", record(f"{SITE}/1.htm", b"xyz", coding="br")))
    assert (pages, kinds(findings)) == ([], [("error", "unknown_encoding")])


# ---------------------------------------------------------------- days that can't be


def dated_package(header: str) -> bytes:
    return package().replace(b"Date: Tue, 11 Aug 2026 09:30:00 +1200", header.encode())


def commented(comment: str) -> bytes:
    return f"<!DOCTYPE html> <html><!--\n {comment}\n--><body><p>Written for this test.</p>".encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.mhtml", dated_package("Date: Tue, 11 Aug 99999999999999 00:00:00 +1200")),
        ("x.mhtml", dated_package("Date: 31 Dec 9999 23:59:59 -1200")),
        ("x.mhtml", dated_package("Date: 1 Jan 0001 00:00:00 +1200")),
        ("x.mhtml", dated_package("Date: yesterday")),
        ("x.warc", record(f"{SITE}/1.htm", moment="9999-12-31T23:59:59Z")),
        ("x.warc", record(f"{SITE}/1.htm", moment="0001-01-01T00:00:00Z")),
        ("x.warc", record(f"{SITE}/1.htm", moment="2200-01-01T00:00:00Z")),
        ("x.warc", record(f"{SITE}/1.htm", moment="2024-02-31T00:00:00Z")),
        ("x.htm", commented("Page saved with SingleFile \n url: https://example.org/1.htm \n saved date: "
                            "Tue Aug 11 9999 09:00:00 GMT+1200 (New Zealand Standard Time)")),
        ("x.htm", commented("saved from url=(0078)https://web.archive.org/web/99991231235959/"
                            "https://example.org/opsmanual/1.htm ")),
    ],
)  # fmt: skip
def test_moment_that_cannot_be_is_said_and_kept_by_no_reader(tmp_path: Path, name: str, data: bytes) -> None:
    """If it failed, one damaged date would stop every later load, or vouch for a day nobody saw."""
    [page], findings = read(put(tmp_path, name, data))
    assert page.captured_at is None
    assert ("warning", "moment_unknown") in kinds(findings)


def test_person_says_the_day_where_the_source_has_a_damaged_one(tmp_path: Path) -> None:
    """If it failed, a page with a broken date could never be given its right one."""
    [page], findings = read(put(tmp_path, "x.mhtml", dated_package("Date: soon")), captured=DAY)
    assert (page.captured_at, kinds(findings)) == (NOON, [("warning", "moment_unknown")])


def test_first_and_last_year_are_still_dates(tmp_path: Path) -> None:
    """If it failed, the bounds would be off by a year."""
    for year in ("1900", "2199"):
        data = record(f"{SITE}/1.htm", moment=f"{year}-06-01T00:00:00Z")
        [page], findings = read(put(tmp_path, "x.warc", data))
        assert (page.captured_at and page.captured_at.year, findings) == (int(year), [])


REPLAYED = f"https://web.archive.org/web/20150815003000/{SITE}/88001.htm"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.mhtml", package(located=REPLAYED)),
        ("x.warc", record(REPLAYED)),
        ("x.htm", commented(f"saved from url=({len(REPLAYED):04}){REPLAYED} ")),
        ("x.htm", commented(f"Page saved with SingleFile \n url: {REPLAYED} \n saved date: "
                            "Tue Aug 11 2026 09:00:00 GMT+1200 (New Zealand Standard Time)")),
    ],
)  # fmt: skip
def test_copy_of_a_web_archive_is_the_page_as_the_archive_saw_it(
    tmp_path: Path, name: str, data: bytes
) -> None:
    """If it failed, a text of 2015 would be shown as what stood there on the day it was fetched."""
    [page], findings = read(put(tmp_path, name, data), captured=DAY)
    assert (page.address, page.site_path, findings) == (f"{SITE}/88001.htm", "opsmanual/88001", [])
    assert page.captured_at == datetime(2015, 8, 15, 0, 30, tzinfo=UTC)


def test_copy_without_a_whole_moment_has_no_day_at_all(tmp_path: Path) -> None:
    """If it failed, the day of fetching would stand for the day on which the archive saw the page."""
    [page], findings = read(
        put(tmp_path, "x.warc", record(REPLAYED.replace("20150815003000", "2015"))), captured=DAY
    )
    assert (page.captured_at, kinds(findings)) == (None, [("warning", "moment_unknown")])
