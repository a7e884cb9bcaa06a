"""A PDF written by hand, for tests: lines of words, lines drawn through or under them, pictures of nothing."""

from __future__ import annotations

from collections.abc import Iterable

LINE = 14.0
SIZE = 11.0
WIDTH = 0.6 * SIZE
"""Of a character of Courier."""


def small_pdf(
    *pages: Iterable[str],
) -> bytes:
    """Each page is its lines. `~words~` are struck out, `_words_` underlined, `!words!` red, `^words^` have a line at
    their very edge; a line that begins with spaces is indented. An empty page has no text."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    kids = []
    for page in pages:
        stream = "\n".join(_drawn(list(page))).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(data)
    )  # fmt: skip


_AT = {"~": 0.28, "_": -0.22, "^": 0.56}
"""How far above the base line, in sizes of the font, a line is drawn."""


def _drawn(lines: list[str]) -> list[str]:
    made = []
    for row, line in enumerate(lines):
        down = 800 - row * LINE
        plain, marks = _taken_apart(line)
        for start, words, mark in plain:
            colour = "1 0 0 rg" if mark == "!" else "0 0 0 rg"
            escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            made.append(f"BT {colour} /F1 {SIZE} Tf {60 + start * WIDTH:.2f} {down} Td ({escaped}) Tj ET")
        for start, end, mark in marks:
            if mark in _AT:
                height = down + _AT[mark] * SIZE
                made.append(
                    f"{60 + start * WIDTH:.2f} {height:.2f} m {60 + end * WIDTH:.2f} {height:.2f} l S"
                )
    return made


def _taken_apart(line: str) -> tuple[list[tuple[int, str, str]], list[tuple[int, int, str]]]:
    plain: list[tuple[int, str, str]] = []
    marks: list[tuple[int, int, str]] = []
    place, words, mark, since = 0, "", "", 0
    for char in [*line, ""]:
        if char and char not in "~_^!":
            words += char
            continue
        if words:
            plain.append((place, words, mark))
            place += len(words)
        if mark:
            marks.append((since, place, mark))
        mark, since, words = ("" if mark else char), place, ""
    return plain, marks
