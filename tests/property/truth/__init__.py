"""True histories of invented manuals, the pages that their publisher would print, and a judge of the answers.

    world      what really was in force: codes, versions, ends, announcements that came to nothing
    publisher  what each address shows on each day, as bytes, with a note of what they say
    circulars  what it sends round of starts and ends, before they come
    captures   all that people kept of both
    program    the one place that asks In Force
    judge      answers against the truth, and against what the pages could tell
    run        the command line: `python -m tests.property.truth.run --manuals 1000`

Nothing here uses `manual.history` except to ask it.
"""
