"""From statements to versions: a pure function, and the one place that decides what was in force.

An answer is given only if *every* plain reading of the pages gives it. What a statement says, and which statement
gives way where two can't both be true, is defined as worlds that fit the evidence; here the same is worked out
without enumerating them. Each version has one or more possible starts and ends (days, or intervals where a page fixes
only the order of things), may have to be doubted as a whole, or may be in force again where a sight stands against
another statement. A day's *outcomes* are the versions that are the latest to have started, and have not ended, in at
least one choice of readings. One outcome is an answer; several are `disputed`, with the candidates and the reasons.

The steps, in order:

0. `evidence`: what each statement counts for.
1. `identity`, `lists`: which dated statements speak of the same version (a *draft*).
2. `announced`: what became of versions seen only before their first day.
3. `undated`: what pages and lines without a date may be taken for.
4. `sights`, `vouched`, `readings`: when each draft was seen in force, may have started, and may have ended.
5. `spans`: the outcomes of every run of days, and the word for them; `reasons` words why.
6. `versions`: names, bounds and texts.

`deriving.history_of` takes these steps for one code; `answers` looks one day up; `renumbering` compares histories of
several codes. The package itself offers `answers` alone: a question to the store derives nothing.
Rule numbers in comments are those of the project's notes on dates; ARCHITECTURE.md lists them.
"""

from __future__ import annotations

from manual.history.answers import in_force_on, span_on

__all__ = ["in_force_on", "span_on"]
