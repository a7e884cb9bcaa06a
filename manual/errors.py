"""The hierarchy of all exceptions that the program raises itself.

Each error has fields besides its message, and the message says what was found, what was expected
and what to do. Only ``cli`` and ``webapp`` turn them into exit codes and status codes.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "CitationError",
    "DayError",
    "ExportError",
    "HistoryConflict",
    "IndexFault",
    "LimitExceeded",
    "ManualError",
    "NamedDayError",
    "NotFound",
    "ParseError",
    "SettingError",
    "SourceError",
    "StoreError",
    "UnknownCode",
    "UnlikelyYear",
    "WrongPublisher",
]


class ManualError(Exception):
    """Root of all errors raised on purpose."""


class DayError(ManualError, ValueError):
    """A day that a person typed or a page printed can't be read as one day of the calendar."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        self.reason = reason
        super().__init__(
            f"{text!r} is not a day: {reason}. Expected 2024-08-15, 15/8/2024 or 15 August 2024."
        )


class NamedDayError(DayError):
    """Named days that a person typed cannot be used."""

    def __init__(self, message: str) -> None:
        ManualError.__init__(self, message)


class UnlikelyYear(DayError):
    """A day is well formed, but its year is one that a page of the manual cannot mean."""


class CitationError(ManualError, ValueError):
    """Text that was meant as a code or a pinpoint but is not one."""

    def __init__(self, text: str, reason: str, examples: str = "") -> None:
        """`examples`: a few codes of the publisher's, for people."""
        self.text = text
        self.reason = reason
        expected = f" Expected something like {examples}." if examples else ""
        super().__init__(f"{text!r} is not a code: {reason}.{expected}")


class SourceError(ManualError):
    """A file or address that cannot be loaded. `source` names the file, `place` the spot in it."""

    def __init__(self, source: str, found: str, expected: str, do: str = "", *, place: str = "") -> None:
        self.source = source
        self.place = place
        self.found = found
        self.expected = expected
        self.do = do
        where = f"{source} ({place})" if place else source
        super().__init__(f"{where}: {found}; expected {expected}." + (f" {do}" if do else ""))


class LimitExceeded(SourceError):
    """A source larger, deeper or more numerous than the stated limits."""


class WrongPublisher(SourceError):
    """A home with the pages of another publisher than requested. A home has one publisher."""

    def __init__(self, home: str, holds: str, asked: str) -> None:
        self.holds = holds
        self.asked = asked
        super().__init__(
            home,
            f"it holds pages of the publisher {holds!r}",
            f"a home of {asked!r}",
            "Give another folder with --home: each publisher's manual has one of its own.",
        )


class ParseError(SourceError):
    """Bytes of a known kind of page that cannot be read."""


class HistoryConflict(ManualError):
    """Statements that violate an invariant of histories, not only of the manual."""


class NotFound(ManualError, LookupError):
    """Something asked for by name that is not in the knowledge base."""

    def __init__(self, what: str, do: str = "") -> None:
        self.what = what
        super().__init__(f"{what} is not known here." + (f" {do}" if do else ""))


class UnknownCode(NotFound):
    """A code that no page read uses. `near`: similar codes, most likely first."""

    def __init__(self, code: str, near: Sequence[str] = ()) -> None:
        self.code = code
        self.near = tuple(near)
        super().__init__(f"The code {code}", f"Nearest: {', '.join(near)}." if near else "")


class StoreError(ManualError):
    """The knowledge base file is missing, newer, corrupted or can't be written."""


class IndexFault(ManualError):
    """The search index is missing, corrupted or does not match the knowledge base."""


class SettingError(ManualError, ValueError):
    """A setting of the site that can't be used. `setting` is what was given."""

    def __init__(self, setting: str, reason: str, expected: str) -> None:
        self.setting = setting
        self.reason = reason
        super().__init__(f"{setting!r} can't be used: {reason}. Expected {expected}.")


class ExportError(ManualError):
    """An edition that can't be written or does not verify."""
