"""Codes near one that is not known."""

from __future__ import annotations

from collections.abc import Collection

from manual.citation.codes import code_key, leading_code, normalised, parse_citation, split_code
from manual.errors import CitationError
from manual.model import Code
from manual.publisher import INZ, Publisher


def nearest_codes(
    text: str, codes: Collection[Code], limit: int = 5, *, most: float = 3.0, publisher: Publisher = INZ
) -> tuple[Code, ...]:
    """The codes among `codes` that someone who typed `text` may have meant, most likely first; never `text` itself.

    For A16.11: A16.1, then others of chapter A16. Empty if nothing is similar. `most`: the largest number
    of typing errors allowed.
    """
    typed, whole = _as_near_code(text, publisher)
    if not typed:
        return ()
    squeezed = {_squeezed(typed) if whole else "", _squeezed(text), _squeezed(_in_figures(text))}
    scored = []
    for code in codes:
        cost = -1.0 if _squeezed(code) in squeezed else _distance(typed, code)
        if cost <= most and not (whole and code == typed):
            scored.append((cost, code_key(code), code))
    return tuple(code for _, _, code in sorted(scored)[:limit])


_LOOK_ALIKE = str.maketrans("OoIlLSsZzB", "0011155228")


def _in_figures(text: str) -> str:
    """`WA3.15` for `WA3.1S`: after a code's letters, letters that look like digits are read as digits."""
    letters = len(text) - len(text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
    return text[:letters] + text[letters:].translate(_LOOK_ALIKE)


def _as_near_code(text: str, publisher: Publisher) -> tuple[Code, bool]:
    """The code from which to measure, and whether it is all of `text`."""
    try:
        return parse_citation(text, publisher).code, True
    except CitationError:
        pass
    try:
        return leading_code(text, normalised(text), publisher)[0], False
    except CitationError:
        return Code("".join(text.split()).upper()[:20]), False


def _distance(typed: Code, code: Code) -> float:
    """How different two codes are: number of typing errors, then distance in the manual."""
    from rapidfuzz.distance import OSA  # only for codes that are not known; it would slow every start

    cost = float(OSA.distance(typed.upper(), code.upper(), score_cutoff=4))
    letters, numbers = split_code(typed)
    other_letters, other_numbers = split_code(code)
    if letters != other_letters:
        cost += 0.3 if letters in other_letters or other_letters in letters else 1.0
    if letters == other_letters and numbers[:1] == other_numbers[:1]:
        cost = min(cost, 2.0)
    elif numbers != other_numbers:
        cost += 0.6
    cost += 0.3 * abs(len(numbers) - len(other_numbers))
    if numbers and other_numbers:
        cost += min(abs(numbers[-1] - other_numbers[-1]), 100) / 200
    if typed.startswith(code) or code.startswith(typed):
        cost -= 0.2
    return cost - 1.0 if typed.startswith(f"{code}.") else cost


def _squeezed(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())
