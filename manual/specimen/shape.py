"""The shape of the publisher's pages, as functions from text to HTML. Pure; used by the specimen and the benches.

Imitated: byte order mark, HTML 4.01 doctype, script chrome, `expand('id')` of the ancestors, `td#main`, related-topic
tables, `p.heading4#t<id>`, list classes, nested `<p><p>`, upper-case and stray closing tags at the foot.

    body = letters([text("The pilot must hold a licence."), text("Tow.") + romans([text("At sea; and")])])
    instruction_page(address=…, id=60101, heading="Q1.5 Harbour pilots", body=body, feet=["Effective 01/05/2024"])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ARCHIVE_BANNER = "These are archived immigration instructions that are no longer current"
PRE_2010_BANNER = "This is not current policy"

_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "’": "&#8217;", "‘": "&#8216;", "“": "&#8220;", "”": "&#8221;",
     "–": "&#8211;", "\u00a0": "&nbsp;"}
)  # fmt: skip

_HEAD = """\
    <link rel="shortcut icon" href="images/favicon.ico" />
    <link rel="stylesheet" type="text/css" href="stylesheet.css"> 
   <link rel="stylesheet" type="text/css" href="main.css">

    
    <script language="javascipt" type="text/javascript">
function printWindow(){
document.execCommand('print', false, null);
}
</script>
    
    <script language="javascript" type="text/javascript" src="dhtml_popup.js"></script> 
    <script language="javascript" type="text/javascript" src="searchhighlight.js"></script> 
<script type="text/javascript" src="dhtml_toc.js"></script>
<script type="text/javascript" src="open_parent.js"></script>
<script type="text/javascript">
    function isTOCLoaded() {
        var url = window.location.href;
        var topicFile = url.substring(url.lastIndexOf("/") + 1);
        location.href = url.substring(0, url.lastIndexOf("/") + 1) + "#" + topicFile;
        return false;
    }
</script>
    </head>
"""  # noqa: W291, W293 - trailing blanks as served
_LAYOUT = """\

<table class="layout" width="100%" style="border-width:0px; height:100%; width:100%" border="0" cellpadding="0" cellspacing="0">
	<tr>
		<td height="25" valign="top">
		
	  </td>
  </tr>
	<tr>
		<td height="765" valign="top" id="main">
		"""  # noqa: E101, E501, W293
_FOOT = """


		
	</TD></TR>
  <TR valign="bottom">
    <TD align="left" class="bodytext" nowrap="" valign="middle" style="padding-top: 20px; padding-left: 40px;"><A 
      title="Go to Top of this page" href="#top">Top 
      of                                              page</A> | <A title="Print this page" 
      href="javascript:printWindow()"> Print this page</A>         
</TD></TR></TBODY></TABLE></BODY></HTML>"""  # noqa: W291, W293


# ---------------------------------------------------------------- pieces of a text


def text(words: str) -> str:
    """Words as HTML, typographic quotes and dashes as numeric entities like on the real pages."""
    return words.translate(_ENTITIES)


def link(page: int | str, title: str, words: str, *, serial: int = 1, same_window: bool = False) -> str:
    """A reference that is a link. `title` is the heading of the page it leads to."""
    kind, target = ("samewindowlink", "_self") if same_window else ("newwindow/tablink", "_blank")
    name = f"h{page}" if serial == 1 else f"h{page}_{serial}"
    return (
        f'<a id="{name}" class="{kind}" title="{_attribute(title)}" href="{page}.htm" target="{target}">'
        f"{text(words)}</a>"
    )


def letters(items: Iterable[str], *, start: int = 1) -> str:
    """(a), (b) …: the labels are computed by the reader, never printed. `start` other than 1 is printed."""
    return _list("ol", "listletter", items, f' start="{start}"' if start != 1 else "")


def romans(items: Iterable[str]) -> str:
    return _list("ol", "listroman", items)


def bullets(items: Iterable[str]) -> str:
    return _list("ul", "listbullet3", items)


def letters_across(groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    """One list of letters cut by headings: the letters go on. Each group is a heading (may be empty) and items."""
    inner = "".join(
        (sub_heading(heading) if heading else "") + "".join(f'<li class="listletter">{i}</li>' for i in items)
        for heading, items in groups
    )
    return f'<ol class="listletter">{inner}</ol>'


def sub_heading(words: str) -> str:
    """A sub-heading, mostly with a three-part code: `Q1.5.5 Evidence`."""
    return f'<p class="headingopsmanual">{text(words)}</p>\n'


def paragraph(html: str) -> str:
    return f'<p class="bodytext">{html}</p>\n'


def table_paragraph(html: str) -> str:
    """A paragraph within a paragraph, which HTML does not allow and the real pages have."""
    return f'<p class="tablebodytext"><p class="bodytext">{html}</p></p>\n'


def note(html: str, word: str = "Note") -> str:
    return f'<p class="note"><strong class="bold">{word}</strong>: {html}</p>\n'


def notes(htmls: Iterable[str]) -> str:
    """Several notes in one paragraph, each on a line with a dash."""
    return f'<p class="note"><strong class="bold">Notes</strong>:{"".join(f"<br>- {h}" for h in htmls)}</p>\n'


def list_note(html: str) -> str:
    """A note inside an item."""
    return f'<p class="listnote"><strong class="bold">Note</strong>:&nbsp;{html}</p>\n'


def reference(html: str) -> str:
    """`See also Immigration Act 2009 s 49(1)(b)`."""
    return f'<p class="reference">{html}</p>\n'


def effective(words: str) -> str:
    return f'<p class="effectivedate">{text(words)}</p>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    html: str
    rowspan: int = 1
    colspan: int = 1


def table(rows: Sequence[Sequence[TableCell]]) -> str:
    """A table within the text; its first row is bold, as headings there are."""
    out = ['<table class="tableintopic" cellpadding="0" cellspacing="0" border="1">\n']
    for number, row in enumerate(rows):
        out.append('<tr valign="top">\n' + "".join(_cell(cell, number == 0) for cell in row) + "</tr>\n")
    out.append("</TBODY></table>\n")
    return "".join(out)


def _cell(cell: TableCell, head: bool) -> str:
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )
    inner = f'<strong class="bold">{cell.html}</strong>' if head else cell.html
    return f'<td{spans}><p class="tablebodytext">{inner}</p></td>\n'


def _list(tag: str, kind: str, items: Iterable[str], extra: str = "") -> str:
    joined = "".join(f'<li class="{kind}">{item}</li>' for item in items)
    return f'<{tag} class="{kind}"{extra}>{joined}</{tag}>'


def _attribute(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


# ---------------------------------------------------------------- pages

Related = tuple[str, Sequence[tuple[int, str]]]
"""A heading such as `IN THIS SECTION` (may be empty) and rows of page id and printed title."""


def related_topics(lists: Sequence[Related]) -> str:
    """The table below the text, one cell per list. Nothing where there is none."""
    if not lists:
        return ""
    cells = "\n".join(f"<td>\n{_related(heading, rows)}</td>" for heading, rows in lists)
    return (
        '<table class="relatedtopics belowtopictext" cellpadding="0" cellspacing="0" border="0">\n'
        f'<tr valign="top">\n{cells}\n</tr>\n</table>\n'
    )


def _related(heading: str, rows: Sequence[tuple[int, str]]) -> str:
    top = f'<p class="relatedheading">{text(heading)}</p>' if heading else ""
    return top + "".join(
        f'<p class="relateditem"><a href="{page}.htm" target="_self">{text(title)}</a></p>'
        for page, title in rows
    )


def _arrow(page: int, image: str, words: str, width: int) -> str:
    return (
        f'<td width= "18">\n<p class="bodytext"><a href="{page}.htm" target="_self"><img id="f{image}" '
        f'src="{image}.gif" class="embeddediconfiletemplate" alt="{words}" height="17" width="{width}" '
        'vspace="0" hspace="0" align="bottom" border="0"></a></p></td>\n'
    )


def _neighbours(previous: int | None, following: int | None) -> str:
    cells = (_arrow(previous, "125", "Previous Topic", 17) if previous else "") + (
        _arrow(following, "124", "Next Topic", 20) if following else ""
    )
    return (
        '<table class="relatedtopics aboveheading" cellpadding="0" cellspacing="0" border="0">\n'
        f'<tr valign="top">\n{cells}</tr>\n</table>\n'
        if cells
        else ""
    )


def _top(address: str, title: str, onload: str) -> str:
    saved = f"<!-- saved from url=({len(address):04d}){address} -->\n" if address else ""
    return (
        '\ufeff<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n'
        f'{saved}<html>\n<head>\n    <meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
        f"    <title> {text(title)} </title>\n{_HEAD}"
        f'<body onload="{onload}" style="border-left-color: #e6e6e6; border-left-width: 1px; '
        f'border-left-style: solid;">\n'
    )


def instruction_page(
    *,
    id: int,
    heading: str,
    body: str,
    feet: Sequence[str] = (),
    address: str = "",
    ancestors: Sequence[int] = (),
    previous: int | None = None,
    following: int | None = None,
    banner: str = "",
    related: Sequence[Related] = (),
) -> str:
    """A page of the live manual. `heading` is printed whole: code, title and suffix. `feet` go below the text.

    `ancestors` are page ids, nearest first; `address`, if given, stands in the browser's own comment.
    """
    opened = "".join(f"expand('{ancestor}');" for ancestor in ancestors)
    banner_html = f'<p class="bodytext"><strong class="bold">{banner}</strong></p>\n' if banner else ""
    return "".join(
        (
            _top(address, heading, f"loadParent();if (isTOCLoaded()) {{{opened}highlight('{id}')}}"),
            _LAYOUT,
            _neighbours(previous, following),
            banner_html,
            f'<p id="t{id}" class="heading4">{text(heading)}</p>\n',
            body,
            *(effective(foot) for foot in feet),
            related_topics(related),
            _FOOT,
        )
    )


def pre_2010_page(
    *,
    id: int,
    heading: str,
    body: str,
    feet: Sequence[str] = (),
    address: str = "",
    trail: Sequence[str] = (),
    related: Sequence[Related] = (),
) -> str:
    """A page of the edition before 29 November 2010: breadcrumb and banner above the heading."""
    crumbs = " &raquo; ".join(f'<a href="index.HTM">{text(crumb)}</a>' for crumb in trail)
    return "".join(
        (
            _top(address, heading, "loadParent()"),
            _LAYOUT,
            f'<p class="breadcrumb">You are here: {crumbs} &raquo; {text(heading)}</p>\n',
            f'<p class="bodytext"><strong class="bold">{PRE_2010_BANNER}</strong></p>\n',
            f'<p id="t{id}" class="heading4">{text(heading)}</p>\n',
            body,
            *(effective(foot) for foot in feet),
            related_topics(related),
            _FOOT,
        )
    )


@dataclass(frozen=True, slots=True)
class SpecimenEntry:
    """A line of the contents with the lines below it."""

    page: int
    words: str
    children: list[SpecimenEntry] = field(default_factory=list)


def contents_page(entries: Sequence[SpecimenEntry], *, address: str = "", title: str = "Contents") -> str:
    """The table of contents: nested lists of links."""
    saved = f"<!-- saved from url=({len(address):04d}){address} -->\n" if address else ""
    return (
        '\ufeff<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n'
        f'{saved}<html>\n<head>\n    <meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
        f"    <title> {text(title)} </title>\n"
        '<script type="text/javascript" src="dhtml_toc.js"></script>\n</head>\n<body class="toc">\n'
        f"{_branch(entries, 1)}</body></html>\n"
    )


def _branch(entries: Sequence[SpecimenEntry], level: int) -> str:
    lines = "".join(
        f'<li id="c{entry.page}" class="toclevel{level}"><a id="a{entry.page}" href="{entry.page}.htm" '
        f'target="BODY">{text(entry.words)}</a>'
        f"{_branch(entry.children, level + 1) if entry.children else ''}</li>\n"
        for entry in entries
    )
    return f'<ul class="toclevel{level}">\n{lines}</ul>\n'
