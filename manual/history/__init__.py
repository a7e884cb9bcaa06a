"""From statements to versions: a pure function, and the only place that decides what was in force.

An answer is given only if *every* plain reading of the pages gives it. The definition speaks of worlds that fit the
evidence: what a statement says in each, and which statement gives way if two cannot both be true. This code computes
the same without enumerating worlds. Each version has one or more possible starts and ends (days, or intervals if a page
fixes only an order). A version may be doubtful as a whole, or in force again if a sight contradicts another statement.
The *outcomes* of a day are the versions that, in at least one choice of readings, are the latest to have started and
have not ended. A single outcome is an answer; several make the day `disputed`, with candidates and reasons.

The steps, in order:

0. `evidence`: how much each statement counts.
1. `identity`, `lists`: which dated statements speak of the same version (a *draft*).
2. `announced`: what happened to versions seen only before their first day; `claims`: what circulars and other pages say
   (starts after that, ends when the order on a day is known, the rest after step 3).
3. `undated`: which versions pages and lines without a date may belong to.
4. `sights`, `vouched`, `readings`: when each draft was seen in force, may have started, and may have ended.
5. `spans`: the outcomes of every run of days, and their answer; `reasons` says why in words.
6. `versions`: names, bounds and texts.

`deriving.history_of` runs these steps for one code; `answers` looks up one day; `renumbering` compares histories of
several codes. The package exports only `answers`, since a question to the store derives nothing. ARCHITECTURE.md lists
the rules about dates whose numbers stand in comments.
"""

from __future__ import annotations

from manual.history.answers import in_force_on, span_on

__all__ = ["in_force_on", "span_on"]
