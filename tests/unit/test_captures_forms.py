"""Every form in which people have a page: read where it can be, refused in words where not, never taken for text."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import html
import io
import json
import lzma
import plistlib
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from test_captures_readers import (
    DAY,
    NOON,
    PAGE,
    SITE,
    kinds,
    package,
    put,
    read,
    record,
    web_archive,
    zipped,
)

from manual.captures import Limits

TOPIC = (
    b"<!DOCTYPE html><html><head><title>ZA1.1 Kites</title></head><body onload=\"highlight('85001')\">"
    b'<table><tr><td id="main"><p id="t85001" class="heading4">ZA1.1 Kites</p><p>A kite \xe2\x80\x93 flies.</p>'
    b"</td></tr></table></body></html>"
)
VIEWER = "<!DOCTYPE html><html><head><title>Manual</title></head><body><div>Contents</div>{}</body></html>"


def single_file(frames: str, at: str = f"{SITE}/#85001.htm") -> bytes:
    comment = (
        f"<!--\n Page saved with SingleFile \n url: {at} \n saved date: "
        "Tue Aug 11 2026 09:00:00 GMT+1200 (New Zealand Standard Time)\n-->"
    )
    return VIEWER.format(frames).replace("<html>", f"<html>{comment}", 1).encode()


def srcdoc(page: bytes) -> str:
    return f'<iframe srcdoc="{html.escape(page.decode())}"></iframe>'


# ---------------------------------------------------------------- the page's own number


def test_page_without_address_and_name_is_placed_by_its_own_number(tmp_path: Path) -> None:
    """If it failed, a page that says which page it is would be filed under no address, or as surely as by one."""
    [page], findings = read(put(tmp_path, "Kites.htm", TOPIC))
    assert (page.site_path, page.placed_by, page.address, findings) == (
        "opsmanual/85001",
        "own_number",
        None,
        [],
    )


def test_name_and_comment_rank_above_the_own_number(tmp_path: Path) -> None:
    """If it failed, what a person or a browser says would be overruled by a guess."""
    comment = f"<!-- saved from url=(0051){SITE}/77177.htm -->".encode()
    for path in (put(tmp_path, "77177.htm", TOPIC), put(tmp_path, "x.htm", comment + TOPIC)):
        [page], _ = read(path)
        assert (page.site_path, page.placed_by) == ("opsmanual/77177", "")


def test_page_with_two_numbers_is_placed_nowhere(tmp_path: Path) -> None:
    """If it failed, the first of two would be taken."""
    [page], _ = read(put(tmp_path, "x.htm", TOPIC.replace(b'id="t85001"', b'id="t85002"')))
    assert (page.site_path, page.placed_by) == (None, "")


def test_archived_page_is_the_archives(tmp_path: Path) -> None:
    """If it failed, an old text would stand at the address of the one in force."""
    banner = b"<p>These are archived immigration instructions that are no longer current.</p><p>A kite"
    [page], _ = read(put(tmp_path, "x.htm", TOPIC.replace(b"<p>A kite", banner)))
    assert (page.site_path, page.placed_by) == ("opsmanual-archive/85001", "own_number")


# ---------------------------------------------------------------- frames


def test_single_file_of_the_viewer_gives_the_topic_in_its_frame(tmp_path: Path) -> None:
    """If it failed, the text that a person saw when saving would be lost inside an attribute."""
    [page], findings = read(put(tmp_path, "x.html", single_file(srcdoc(TOPIC))))
    assert (page.site_path, page.placed_by, findings) == ("opsmanual/85001", "", [])
    assert page.captured_at == datetime(2026, 8, 10, 21, 0, tzinfo=UTC)
    assert page.data.removeprefix(b"\xef\xbb\xbf") == TOPIC


def test_topic_that_the_viewer_moved_on_to_keeps_its_own_number(tmp_path: Path) -> None:
    """If it failed, a text would be filed under the address at which the viewer was opened."""
    [page], _ = read(put(tmp_path, "x.html", single_file(srcdoc(TOPIC), at=f"{SITE}/#46513.htm")))
    assert (page.site_path, page.placed_by, page.address) == ("opsmanual/85001", "own_number", None)


def test_frame_within_a_frame_is_found_and_a_frame_of_something_else_is_not(tmp_path: Path) -> None:
    """If it failed, a viewer within the site's own frame would lose its topic; or an advertisement would be a page."""
    nested = single_file(srcdoc(VIEWER.format(srcdoc(TOPIC)).encode()))
    assert [page.site_path for page in read(put(tmp_path, "x.html", nested))[0]] == ["opsmanual/85001"]
    other = single_file(srcdoc(b"<html><p>Buy kites!</p></html>"))
    assert [page.data for page in read(put(tmp_path, "y.html", other))[0]] == [other]


def complete_page(folder: Path) -> Path:
    comment = f"<!-- saved from url=(0056){SITE}/85001.htm -->".encode()
    put(folder, "Manual_files/85001.htm", comment + TOPIC)
    put(folder, "Manual_files/other.htm", TOPIC)
    put(folder, "secret.htm", TOPIC)
    frames = "".join(
        f'<iframe src="{source}"></iframe>'
        for source in ("./Manual_files/85001.htm", "Manual_files/../secret.htm", "./Manual_files/none.htm")
    )
    return put(folder, "Manual.html", VIEWER.format(frames).encode())


def test_complete_page_of_the_viewer_gives_the_topic_in_its_folder(tmp_path: Path) -> None:
    """If it failed, the topic would be passed over as decoration of the viewer; or a frame could name any file."""
    viewer = complete_page(tmp_path / "x")
    [page], findings = read(viewer, captured=DAY)
    assert (page.site_path, page.filename, page.captured_at, findings) == (
        "opsmanual/85001", "Manual_files/85001.htm", NOON, []
    )  # fmt: skip
    (tmp_path / "x" / "secret.htm").unlink()
    assert [page.filename for page in read(tmp_path / "x")[0]] == ["Manual_files/85001.htm"]


def test_complete_page_in_a_zip_gives_the_same(tmp_path: Path) -> None:
    """If it failed, a colleague's zip of the same folder would lose the topic."""
    viewer = complete_page(tmp_path)
    members = {"in/Manual.html": viewer.read_bytes(), "in/Manual_files/85001.htm": TOPIC}
    pages, findings = read(zipped(tmp_path / "x.zip", members))
    assert [page.filename for page in pages] == ["x.zip!in/Manual_files/85001.htm"]
    assert findings == []


def test_link_in_the_folder_of_a_complete_page_leads_nowhere(tmp_path: Path) -> None:
    """If it failed, a folder from somebody else could bring in any file of the disk."""
    viewer = complete_page(tmp_path)
    (tmp_path / "Manual_files" / "85001.htm").unlink()
    (tmp_path / "Manual_files" / "85001.htm").symlink_to(tmp_path / "secret.htm")
    assert [page.filename for page in read(viewer)[0]] == ["Manual.html"]


# ---------------------------------------------------------------- Safari and mail


def safari(*frames: bytes, page: bytes = TOPIC, binary: bool = True, url: str = f"{SITE}/85001.htm") -> bytes:
    def resource(data: bytes, address: str) -> dict[str, object]:
        return {"WebResourceData": data, "WebResourceMIMEType": "text/html", "WebResourceURL": address}

    whole: dict[str, object] = {"WebMainResource": resource(page, url)}
    if frames:
        inner = [{"WebMainResource": resource(data, f"{SITE}/85001.htm")} for data in frames]
        whole["WebSubframeArchives"] = inner
    return plistlib.dumps(whole, fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML)


@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize("name", ["x.webarchive", "x.htm", "x.txt", "x"])
def test_safaris_web_archive_gives_its_page(tmp_path: Path, binary: bool, name: str) -> None:
    """If it failed, the property list's bytes would become an instruction's text."""
    [page], findings = read(put(tmp_path, name, safari(binary=binary)), captured=DAY)
    assert (page.data, page.site_path, page.captured_at, findings) == (TOPIC, "opsmanual/85001", NOON, [])


def test_safaris_web_archive_of_the_viewer_gives_the_topic(tmp_path: Path) -> None:
    """If it failed, the viewer's frame would be all that is kept."""
    data = safari(TOPIC, page=VIEWER.format("").encode(), url=f"{SITE}/#85001.htm")
    assert [page.data for page in read(put(tmp_path, "x.webarchive", data))[0]] == [TOPIC]


@pytest.mark.parametrize(
    "data",
    [b"bplist00", b"bplist00" + b"\xff" * 64, safari()[:-7], plistlib.dumps([1], fmt=plistlib.FMT_BINARY),
     plistlib.dumps({"WebMainResource": {"WebResourceData": "words"}}), TOPIC[:0] + b"no archive",
     b"<?xml version='1.0'?><plist><dict><key>WebMainResource</key>"],
)  # fmt: skip
def test_damaged_web_archive_of_safari_is_a_finding(tmp_path: Path, data: bytes) -> None:
    """If it failed, it would end the load, or be kept as text."""
    pages, findings = read(put(tmp_path, "x.webarchive", data))
    assert (pages, [finding.severity for finding in findings]) == ([], ["error"])


def message(*attached: tuple[str, bytes], body: str = "See the page.", page: bytes | None = None) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = "a@example.org", "Tue, 11 Aug 2026 09:30:00 +1200", "Kites"
    mail.set_content(body)
    if page is not None:
        mail.add_alternative(page.decode(), subtype="html")
    for name, data in attached:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def test_message_with_a_page_gives_the_page_and_never_its_own_day(tmp_path: Path) -> None:
    """If it failed, the day of sending would vouch for a page that was saved long before."""
    data = message(("85001.htm", TOPIC), ("old.mhtml", package()), ("logo.png", b"\x89PNG\r\n"))
    pages, findings = read(put(tmp_path, "x.eml", data))
    assert [(page.filename, page.site_path) for page in pages] == [
        ("x.eml!85001.htm", "opsmanual/85001"), ("x.eml!old.mhtml", "opsmanual/77177")
    ]  # fmt: skip
    assert [page.captured_at for page in pages] == [None, datetime(2026, 8, 10, 21, 30, tzinfo=UTC)]
    assert kinds(findings) == [("info", "mail_day")]


def test_message_that_is_a_page_itself_is_read(tmp_path: Path) -> None:
    """If it failed, a page sent as the message would be lost."""
    [page], _ = read(put(tmp_path, "x.eml", message(page=TOPIC)), captured=DAY)
    assert (page.media, page.site_path, page.captured_at) == ("html", "opsmanual/85001", NOON)
    assert b"A kite" in page.data


def test_pdf_and_archive_attached_to_a_message_are_read_and_a_word_document_is_refused(
    tmp_path: Path,
) -> None:
    """If it failed, what a colleague sends would have to be taken out by hand; or be passed over in silence."""
    bundle = zipped(tmp_path / "in.zip", {"85001.htm": TOPIC}).read_bytes()
    data = message(("a.pdf", b"%PDF-1.7 x startxref"), ("in.zip", bundle), ("letter.docx", b"PK\x03\x04"))
    pages, findings = read(put(tmp_path, "x.eml", data))
    assert [(page.media, page.filename) for page in pages] == [
        ("pdf", "x.eml!a.pdf"), ("html", "x.eml!in.zip!85001.htm")
    ]  # fmt: skip
    assert ("error", "not_a_page") in kinds(findings)
    assert "a Word document" in findings[-1].message


def test_package_called_a_message_is_the_package(tmp_path: Path) -> None:
    """If it failed, the address and the day that a browser wrote into it would be lost."""
    older = package().replace(b"Snapshot-Content-Location", b"X-Other")
    for data in (package(), older):
        [page], _ = read(put(tmp_path, "x.eml", data))
        assert (page.site_path, page.captured_at) == (
            "opsmanual/77177",
            datetime(2026, 8, 10, 21, 30, tzinfo=UTC),
        )
    sent = older.replace(b"From:", b"To: b@example.org\r\nFrom:")
    assert [page.captured_at for page in read(put(tmp_path, "x.eml", sent))[0]] == [None]


@pytest.mark.parametrize("data", [b"no message", message(), b"\0\0\0\0" * 30, b"From: x\r\n\r\n"])
def test_message_without_a_page_never_ends_the_load(tmp_path: Path, data: bytes) -> None:
    """If it failed, one odd message would stop everything given with it."""
    pages, findings = read(put(tmp_path, "x.eml", data))
    assert all(page.media == "text" for page in pages)
    assert pages or findings


# ---------------------------------------------------------------- compressed files

PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("ending", PACKERS)
def test_compressed_page_and_archive_are_unpacked(tmp_path: Path, ending: str) -> None:
    """If it failed, compressed bytes would be refused, or become text."""
    pack = PACKERS[ending]
    bundle = zipped(tmp_path / "in.zip", {"9.htm": PAGE}).read_bytes()
    inside = {
        "85001.htm": TOPIC,
        "in.zip": bundle,
        "x.mhtml": package(),
        "x.eml": message(("85001.htm", TOPIC)),
    }
    named = {f"{name}.{ending}": data for name, data in inside.items()}
    for name, data in {**named, "85001.htm": TOPIC}.items():
        pages, findings = read(put(tmp_path / "packed", name, pack(data)))
        assert [page.site_path for page in pages] in (
            ["opsmanual/85001"],
            ["opsmanual/9"],
            ["opsmanual/77177"],
        )
        assert all(finding.severity == "info" for finding in findings)
    assert len(read(tmp_path / "packed")[0]) == 5


@pytest.mark.parametrize("ending", PACKERS)
def test_compressed_file_cut_anywhere_gives_no_page(tmp_path: Path, ending: str) -> None:
    """If it failed, half a text would be kept as a whole one."""
    whole = PACKERS[ending](TOPIC)
    for length in range(6, len(whole) - 1, 5):
        pages, findings = read(put(tmp_path, f"85001.htm.{ending}", whole[:length]))
        assert (pages, [finding.severity for finding in findings]) == ([], ["error"])


@pytest.mark.parametrize("ending", PACKERS)
def test_file_that_unpacks_beyond_measure_is_refused(tmp_path: Path, ending: str) -> None:
    """If it failed, a few kilobytes could fill the memory."""
    data = PACKERS[ending](b" " * 30_000_000)
    pages, findings = read(put(tmp_path, f"1.htm.{ending}", data))
    assert pages == []
    assert kinds(findings)[0][1] in ("archive_bomb", "too_large")


def test_files_within_files_end_somewhere(tmp_path: Path) -> None:
    """If it failed, a file that holds itself packed would be unpacked for ever."""
    data = TOPIC
    for _ in range(12):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("x.zip.gz" if data != TOPIC else "1.htm", data)
        data = gzip.compress(box.getvalue())
    pages, findings = read(put(tmp_path, "x.zip.gz", data))
    assert pages == []
    assert ("error", "archive_nested") in kinds(findings)


def test_list_of_members_is_not_read_where_it_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed, a zip of nothing but names would take ten times its size of memory."""
    path = zipped(tmp_path / "x.zip", {f"{number}.htm": PAGE for number in range(40)})
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("the list was read"))
    pages, findings = read(path, limits=Limits(members=5))
    assert (pages, kinds(findings)) == ([], [("error", "archive_too_large")])


# ---------------------------------------------------------------- refused in words


@pytest.mark.parametrize(
    ("name", "word"),
    [("x.docx", "Word"), ("x.odt", "OpenDocument"), ("x.har", "network log"), ("x.br", "brotli"),
     ("x.zst", "zstandard"),
     ("x.rtf", "RTF"), ("x.7z", "7-Zip"), ("x.tar", "tar")],
)  # fmt: skip
def test_form_that_is_not_read_is_named_and_what_to_do_is_said(tmp_path: Path, name: str, word: str) -> None:
    """If it failed, a person would not know why nothing came of the file, or it would be kept as text."""
    pages, [finding] = read(put(tmp_path, name, b"PK\x03\x04 or anything else"))
    assert (pages, finding.severity, finding.kind) == ([], "error", "not_a_page")
    assert word in finding.message
    _, [in_folder, none] = read(tmp_path)
    assert (in_folder.severity, word in in_folder.message, none.kind) == ("warning", True, "no_pages")


def test_word_document_called_a_zip_is_named(tmp_path: Path) -> None:
    """If it failed, its parts would be passed over one by one."""
    path = zipped(tmp_path / "x.zip", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    pages, findings = read(path)
    assert (pages, kinds(findings)) == ([], [("error", "not_a_page")])


def test_network_log_is_no_text_whatever_it_is_called(tmp_path: Path) -> None:
    """If it failed, a page's text would be looked for among requests."""
    data = json.dumps(
        {"log": {"entries": [{"response": {"content": {"text": TOPIC.decode()}}}]}}, indent=1
    ).encode()
    for name in ("x.txt", "x.htm", "x"):
        assert (read(put(tmp_path, name, data))[0], name) == ([], name)


@pytest.mark.parametrize(
    "data",
    [zlib.compress(PAGE * 300), b"words " * 2_000 + b"\0\1\2" * 40, hashlib.sha512(b"x").digest() * 99,
     b"PK\x03\x04" * 9,
     b"SQLite format 3\0 and words", b"\x28\xb5\x2f\xfd" + b"words" * 99, b"GIF89a" + b"x" * 50],
)  # fmt: skip
@pytest.mark.parametrize("name", ["77177.htm", "77177.txt", "77177", "77177.html.bak"])
def test_unknown_bytes_are_never_taken_for_text(tmp_path: Path, data: bytes, name: str) -> None:
    """If it failed, somebody would read them as what the manual says."""
    pages, findings = read(put(tmp_path, name, data))
    assert (pages, [finding.severity for finding in findings]) == ([], ["error"])


def test_page_in_utf16_and_page_with_an_odd_character_are_still_text(tmp_path: Path) -> None:
    """If it failed, real pages would be refused as something else."""
    words = "ZA1.1 Kites\nA kite flies. " * 40
    for data in (
        words.encode("utf-16"),
        (words + "\x0b\x1a\x07").encode(),
        words.encode("cp1252") + b"\x85\x96",
    ):
        assert len(read(put(tmp_path, "1.txt", data))[0]) == 1


# ---------------------------------------------------------------- web archives


def head(
    block: bytes, *lines: str, kind: str = "response", length: int | None = None, url: str = f"{SITE}/1.htm"
) -> bytes:
    stated = len(block) if length is None else length
    extra = "".join(f"{line}\r\n" for line in lines)
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-01T10:00:00Z\r\n{extra}"
            f"Content-Length: {stated}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def reply(body: bytes = PAGE, *lines: str) -> bytes:
    extra = "".join(f"{line}\r\n" for line in lines)
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{extra}\r\n".encode() + body


def test_resource_record_is_a_page(tmp_path: Path) -> None:
    """If it failed, what some archivers keep without a server's words would be lost."""
    data = head(PAGE, "Content-Type: text/html; charset=utf-8", kind="resource")
    [page], findings = read(put(tmp_path, "x.warc", data))
    assert (page.data, page.site_path, findings) == (PAGE, "opsmanual/1", [])


def test_truncated_record_is_said(tmp_path: Path) -> None:
    """If it failed, a page that its archiver cut would be kept as whole without a word."""
    data = head(reply(PAGE[:40]), "WARC-Truncated: length") + record(f"{SITE}/2.htm")
    pages, findings = read(put(tmp_path, "x.warc", data))
    assert [page.site_path for page in pages] == ["opsmanual/1", "opsmanual/2"]
    assert kinds(findings) == [("warning", "truncated")]
    plain = head(reply(b"ZA1.1 Words").replace(b"text/html", b"text/plain"), "WARC-Truncated: length")
    assert kinds(read(put(tmp_path, "y.warc", plain))[1]) == [("error", "truncated")]


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("off", [-60, -20, -5, 5, 40, 90, 4_000, 10**17])
def test_lying_length_gives_no_text_and_the_rest_goes_on(tmp_path: Path, off: int, gzipped: bool) -> None:
    """If it failed, a text cut by it would be kept as whole, or would hold the next record."""
    block = reply()
    records = [record(f"{SITE}/8.htm"), head(block, length=len(block) + off), record(f"{SITE}/9.htm")]
    data = b"".join(map(gzip.compress, records) if gzipped else records)
    pages, findings = read(put(tmp_path, "x.warc.gz" if gzipped else "x.warc", data))
    assert {page.data for page in pages} == {PAGE}
    assert "opsmanual/1" not in [page.site_path for page in pages]
    assert pages[0].site_path == "opsmanual/8"
    assert "error" in [finding.severity for finding in findings]
    if off < 4_000:
        assert pages[-1].site_path == "opsmanual/9"


def test_damaged_record_that_knows_its_checksum_gives_no_text(tmp_path: Path) -> None:
    """If it failed, a flipped bit would change a word of the manual."""
    for name, digest in (("sha1", base64.b32encode(hashlib.sha1(reply()).digest()).decode()),
                         ("sha256", hashlib.sha256(reply()).hexdigest()),
                         ("md5", base64.b32encode(hashlib.md5(reply()).digest()).decode()),
                         ("sha1", base64.b64encode(hashlib.sha1(reply()).digest()).decode()),
                         ("sha-256", base64.urlsafe_b64encode(hashlib.sha256(reply()).digest()).decode())):  # fmt: skip
        whole = head(reply(), f"WARC-Block-Digest: {name}:{digest}")
        assert len(read(put(tmp_path, "x.warc", whole))[0]) == 1
        pages, findings = read(put(tmp_path, "x.warc", whole.replace(b"Written", b"Wrotten")))
        assert (pages, kinds(findings)) == ([], [("error", "truncated")])


@pytest.mark.parametrize(
    "block",
    [
        reply(PAGE, f"Content-Length: {len(PAGE) + 1}"),
        reply(b"10\r\n" + PAGE[:16] + b"\r\n", "Transfer-Encoding: chunked"),
        reply(b"40\r\n" + PAGE[:16], "Transfer-Encoding: chunked"),
        reply(gzip.compress(PAGE)[:-9], "Content-Encoding: gzip"),
        reply(zlib.compress(PAGE)[:-6], "Content-Encoding: deflate"),
        reply(b"words, and no page", "Content-Encoding: gzip"),
    ],
)
def test_reply_that_is_not_whole_gives_no_text(tmp_path: Path, block: bytes) -> None:
    """If it failed, half a text would later look like an amendment."""
    pages, findings = read(put(tmp_path, "x.warc", head(block)))
    assert (pages, kinds(findings)) == ([], [("error", "truncated")])


@pytest.mark.parametrize(
    "block",
    [
        reply(b"10\r\n" + PAGE[:16] + b"\r\n%x;x=y\r\n" % (len(PAGE) - 16) + PAGE[16:] + b"\r\n0\r\n\r\n",
              "Transfer-Encoding: chunked"),
        reply(PAGE, "Transfer-Encoding: chunked"),
        reply(PAGE, "Content-Length: 3"),
        reply(PAGE, "Content-Encoding: gzip"),
        reply(PAGE, "Content-Encoding: br"),
        reply(zlib.compress(PAGE), "Content-Encoding: deflate"),
        reply(zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate"),
        reply(gzip.compress(PAGE), "Content-Encoding: x-gzip", f"Content-Length: {len(gzip.compress(PAGE))}"),
    ],
)  # fmt: skip
def test_reply_is_read_however_it_was_sent(tmp_path: Path, block: bytes) -> None:
    """If it failed, whole pages would be refused for the way in which they travelled."""
    [page], findings = read(put(tmp_path, "x.warc", head(block)))
    assert (page.data, findings) == (PAGE, [])


def test_archive_of_archives_is_read(tmp_path: Path) -> None:
    """If it failed, collections that a browser extension exports as one file would be empty."""
    part = zipped(tmp_path / "part.wacz", {"archive/data.warc.gz": web_archive(), "datapackage.json": b"{}"})
    whole = zipped(
        tmp_path / "x.wacz", {"part.wacz": part.read_bytes(), "datapackage.json": b"{}"}, packed=False
    )
    pages, _ = read(whole)
    assert len(pages) == 3


ARC = (
    b"filedesc://x.arc 192.0.2.1 20080430000000 text/plain %d\n1 0 Somebody\n"
    b"URL IP-address Archive-date Content-type Archive-length\n\n"
    b"https://www.immigration.govt.nz/opsmanual/1.htm 192.0.2.1 20080430204825 text/html %d\n"
)


def test_what_an_archiver_notes_of_its_own_work_is_no_page(tmp_path: Path) -> None:
    """If it failed, a log of a download, or a text that a tool made of a page, would be kept as a page."""
    notes = [
        head(b"wget -x", "Content-Type: text/plain", kind="resource", url=url)
        for url in ("metadata://gnu.org/software/wget/warc/wget.log", "urn:text:https://example.org/")
    ]
    pages, findings = read(put(tmp_path, "x.warc", b"".join([*notes, record(f"{SITE}/1.htm")])))
    assert ([page.site_path for page in pages], kinds(findings)) == (
        ["opsmanual/1"],
        [("info", "passed_over")],
    )


@pytest.mark.parametrize("name", ["x.txt", "x.htm", "x.bak", "x"])
def test_web_archive_under_another_name_is_no_text(tmp_path: Path, name: str) -> None:
    """If it failed, the records of an archive would be read as what the manual says."""
    for data in (web_archive(), web_archive(gzipped=False)):
        pages, _ = read(put(tmp_path, name, data))
        assert len(pages) == 3


def test_damage_of_a_record_that_is_no_page_costs_nothing(tmp_path: Path) -> None:
    """If it failed, a load would be a failure for what nobody reads."""
    data = head(b"GET / HTTP/1.1", kind="request", length=9) + record(f"{SITE}/1.htm")
    pages, findings = read(put(tmp_path, "x.warc", data))
    assert (len(pages), kinds(findings)) == (1, [("warning", "truncated")])


def test_address_with_spaces_in_an_older_archive_is_read(tmp_path: Path) -> None:
    """If it failed, such a record would be passed over without a word."""
    data = (ARC % (71, len(reply()))).replace(b"/1.htm ", b"/1.htm?a=b c d ") + reply() + b"\n"
    [page], _ = read(put(tmp_path, "x.arc", data))
    assert page.address == f"{SITE}/1.htm?a=b c d"


@pytest.mark.parametrize("off", [0, -6, 6])
@pytest.mark.parametrize("name", ["x.arc", "x.arc.gz", "x.warc"])
def test_older_web_archive_is_read(tmp_path: Path, name: str, off: int) -> None:
    """If it failed, what was archived before 2009 could not be taken in."""
    data = ARC % (71 + off, len(reply())) + reply() + b"\n"
    pages, findings = read(put(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data))
    assert [(page.address, page.data, page.captured_at) for page in pages] == [
        (f"{SITE}/1.htm", PAGE, datetime(2008, 4, 30, 20, 48, 25, tzinfo=UTC))
    ]
    assert findings == []
    pages, findings = read(put(tmp_path, "y.arc", ARC % (71, len(reply()) - 9) + reply() + b"\n"))
    assert (pages, "error" in [finding.severity for finding in findings]) == ([], True)


def test_web_archive_packed_as_one_piece_is_read(tmp_path: Path) -> None:
    """If it failed, a web archive compressed by hand would be refused."""
    pages, _ = read(put(tmp_path, "all.warc.gz", gzip.compress(web_archive(gzipped=False))))
    assert len(pages) == 3


def test_web_archive_never_takes_in_more_than_its_limit(tmp_path: Path) -> None:
    """If it failed, replies that unpack to megabytes each would lead far past it."""
    words = b"<html><body>" + bytes(range(97, 123)) * 2_000 + b"</body></html>"
    records = [
        head(reply(gzip.compress(words + b"%d" % n), "Content-Encoding: gzip"), url=f"{SITE}/{n}.htm")
        for n in range(50)
    ]
    path = put(tmp_path, "x.warc.gz", b"".join(map(gzip.compress, records)))
    pages, findings = read(path, limits=Limits(expanded=500_000))
    assert sum(len(page.data) for page in pages) <= 500_000
    assert kinds(findings)[-1] == ("error", "archive_too_large")


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n" + b"X-A: b\r\n" * 2_000_000,
        b"WARC/1.0\r\nX: " + b"a" * 30_000_000,
        b"WARC/1.0\r\nContent-Length: 30000000\r\n\r\n" + b"\0" * 30_000_000,
        b"\n" * 30_000_000,
    ],
)  # fmt: skip
def test_web_archive_that_unpacks_beyond_measure_is_stopped(tmp_path: Path, data: bytes) -> None:
    """If it failed, a megabyte could fill the memory with headers, or one endless line."""
    import tracemalloc

    path = put(tmp_path, "x.warc.gz", gzip.compress(data))
    tracemalloc.start()
    pages, findings = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (pages, "error" in [finding.severity for finding in findings]) == ([], True)
    assert peak < 16_000_000


def test_revisit_of_a_page_that_was_refused_is_said(tmp_path: Path) -> None:
    """If it failed, a sighting would be taken for one of something else."""
    first = record(f"{SITE}/1.htm")
    data = first.replace(b"Content-Length: ", b"Content-Length: 9", 1) + record(
        f"{SITE}/1.htm", moment="2025-06-01T00:00:00Z", first="2024-03-01T10:00:00Z"
    )
    pages, findings = read(put(tmp_path, "x.warc", data))
    assert pages == []
    assert "error" in [finding.severity for finding in findings]


# ---------------------------------------------------------------- folders


def test_link_to_itself_and_folder_without_permission_are_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed, one of them would end a whole load."""
    import os

    put(tmp_path, "a/1.htm")
    put(tmp_path, "closed/2.htm")
    put(tmp_path, "z/3.htm")
    (tmp_path / "loop.htm").symlink_to("loop.htm")
    real = os.scandir

    def refusing(path: object) -> object:
        if str(path).rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refusing)
    pages, findings = read(tmp_path)
    assert [page.filename for page in pages] == ["a/1.htm", "z/3.htm"]
    assert kinds(findings) == [("error", "unreadable_file"), ("error", "unreadable_folder")]
    pages, findings = read(tmp_path / "loop.htm", tmp_path / "a")
    assert (len(pages), kinds(findings)) == (1, [("error", "unreadable_file")])


def test_a_thousand_levels_are_a_finding(tmp_path: Path) -> None:
    """If it failed, the depth of a folder would end the load in a traceback."""
    import os
    import subprocess

    put(tmp_path, "0/1.htm")
    here = os.open(tmp_path / "0", os.O_RDONLY)
    for _ in range(1_000):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    put(tmp_path, "z/3.htm")
    pages, findings = read(tmp_path)
    assert [page.filename for page in pages] == ["0/1.htm", "z/3.htm"]
    assert kinds(findings) == [("error", "unreadable_folder")]
    assert len(findings[0].locator) <= 200
    subprocess.run(["rm", "-rf", str(tmp_path / "0")], check=True)  # Python's own way recurses


def test_day_of_a_folder_is_still_the_persons(tmp_path: Path) -> None:
    """If it failed, pages in new forms could not be given their day."""
    put(tmp_path, "85001.htm.gz", gzip.compress(TOPIC))
    put(tmp_path, "x.webarchive", safari())
    assert {page.captured_at for page in read(tmp_path, captured=date(2026, 8, 11))[0]} == {NOON}
