-- The knowledge base, derived from the captures. Nothing in it is authority: delete it and `inforce rebuild`.
-- Days are ordinals (date.toordinal()); NULL is unknown or without end, never a sentinel.
-- The one exception is spans."first", which is part of a key: 0 there means "since ever" and never leaves the store.
-- Every `record`, `said` and `content` ends in its own checksum (store/records.py).

-- Tables WITHOUT ROWID name their key's columns first: SQLite 3.40's own check finds NULLs in them otherwise.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each text as it was read: some bytes under one site path ('' where unknown). A capture that holds several
-- texts has a row for each: part 0 is the first.
CREATE TABLE pages (
    id        INTEGER PRIMARY KEY,
    sha256    TEXT NOT NULL,
    site_path TEXT NOT NULL,
    part      INTEGER NOT NULL,
    kind      TEXT NOT NULL,             -- DocumentKind, 'not_understood' or 'not_read'
    code      TEXT,
    title     TEXT NOT NULL,
    seen_on   INTEGER,                   -- the day on which its text stood, where the page itself tells
    seen_exact INTEGER NOT NULL CHECK (seen_exact IN (0, 1)),
    text_digest TEXT NOT NULL,           -- as its own statement says; '' where no text is held or words are missing
    content   BLOB NOT NULL,             -- blocks and the rest of the page: JSON, deflated
    UNIQUE (sha256, site_path, part)
) STRICT;

CREATE INDEX pages_at_address ON pages (site_path, code);
CREATE INDEX pages_of_code ON pages (code, site_path);

-- When and where those bytes were seen. The same bytes may be seen on several days.
CREATE TABLE sightings (
    page   INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    record TEXT NOT NULL,                -- the Capture as JSON
    seen   INTEGER NOT NULL,             -- day where the publisher is
    exact  INTEGER NOT NULL CHECK (exact IN (0, 1)),
    known  INTEGER NOT NULL,             -- day from which it counts for `known`
    PRIMARY KEY (page, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    code TEXT NOT NULL,
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    said TEXT NOT NULL,                  -- all statements of that page about that code, as JSON
    PRIMARY KEY (code, page)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_of_page ON statements (page);

-- What links codes: the digest of a text that a page prints under the code, or the code that it says the code moved to.
CREATE TABLE marks (
    page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('words', 'move')),
    mark TEXT NOT NULL,
    PRIMARY KEY (page, code, kind, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_by_kind ON marks (kind, mark, code, page);

CREATE TABLE contents_lines (
    page     INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    record   TEXT NOT NULL,              -- ContentsLine as JSON
    PRIMARY KEY (page, position)
) STRICT, WITHOUT ROWID;

-- References in texts, for the way back: one row for each code that a reference names.
CREATE TABLE refs (
    page     INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    pinpoint TEXT NOT NULL,              -- of the block that refers
    target   TEXT NOT NULL,              -- as found: WA3.15.5(b)
    code     TEXT NOT NULL,              -- WA3.15.5
    section  TEXT NOT NULL,              -- WA3.15
    PRIMARY KEY (page, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX refs_to_section ON refs (section, page);

-- Terms that a text defines.
CREATE TABLE terms (
    page     INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    term     TEXT NOT NULL,              -- as printed
    pinpoint TEXT NOT NULL,              -- of the definition; the code where the whole text is one
    PRIMARY KEY (page, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE page_findings (
    page     INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    severity TEXT NOT NULL,
    record   TEXT NOT NULL,              -- Finding as JSON
    PRIMARY KEY (page, position)
) STRICT, WITHOUT ROWID;

-- Codes whose statements changed since their history was last derived. Empty in a finished file.
CREATE TABLE stale (
    code TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------ what all pages together say

CREATE TABLE codes (
    code     TEXT PRIMARY KEY,
    first_known INTEGER NOT NULL,        -- days on which the first and the last thing said of it became known
    last_known  INTEGER NOT NULL,
    record   TEXT NOT NULL,              -- findings, links and last_seen of the History, as JSON
    checksum INTEGER NOT NULL            -- CRC-32 over this record and the code's versions and spans
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
    id             TEXT PRIMARY KEY,
    code           TEXT NOT NULL REFERENCES codes (code) ON DELETE CASCADE,
    position       INTEGER NOT NULL,     -- oldest first
    title          TEXT NOT NULL,
    effective_from INTEGER,
    effective_until INTEGER,
    text_digest    TEXT NOT NULL,        -- '' where no text is held or words are missing
    held           INTEGER NOT NULL,     -- 1 where its text is held and no words are missing
    text_page      INTEGER,              -- the page whose text it is; NULL: not held
    record         TEXT NOT NULL         -- Version as JSON
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX versions_of_code ON versions (code, position);
CREATE INDEX versions_of_page ON versions (text_page) WHERE text_page IS NOT NULL;
CREATE INDEX versions_of_words ON versions (text_digest, effective_from) WHERE text_digest <> '';

-- Runs of days with one answer: "first" included, until excluded.
CREATE TABLE spans (
    code    TEXT NOT NULL REFERENCES codes (code) ON DELETE CASCADE,
    first   INTEGER NOT NULL,
    until   INTEGER,
    answer  TEXT NOT NULL,
    version TEXT,                        -- the only version of in_force and ended
    record  TEXT NOT NULL,               -- Span as JSON
    PRIMARY KEY (code, first),
    CHECK (until IS NULL OR until > first)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER spans_exclude_each_other BEFORE INSERT ON spans
WHEN EXISTS (
    SELECT 1 FROM spans AS other
    WHERE other.code = NEW.code
      AND (NEW.until IS NULL OR other.first < NEW.until)
      AND (other.until IS NULL OR other.until > NEW.first)
)
BEGIN
    SELECT RAISE(ABORT, 'two answers for one code and day');
END;

-- What began, was replaced or ended, derived from the spans, by day.
CREATE TABLE changes (
    day      INTEGER NOT NULL,
    code     TEXT NOT NULL REFERENCES codes (code) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    old      TEXT,
    new      TEXT,
    disputed INTEGER NOT NULL,
    PRIMARY KEY (day, code, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_of_code ON changes (code);

CREATE TABLE code_findings (
    code     TEXT NOT NULL REFERENCES codes (code) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    severity TEXT NOT NULL,
    record   TEXT NOT NULL,
    PRIMARY KEY (code, position)
) STRICT, WITHOUT ROWID;

-- What stands beside the answers of a code and decides none; derived from all pages at once.
CREATE TABLE remarks (
    code     TEXT NOT NULL REFERENCES codes (code) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    since    INTEGER,                    -- the first day on which it is said; NULL: on every day
    severity TEXT NOT NULL,
    record   TEXT NOT NULL,              -- Finding as JSON
    PRIMARY KEY (code, position)
) STRICT, WITHOUT ROWID;

-- Relations between codes. `origin`: the code whose pages say so; NULL for those derived from all histories.
CREATE TABLE links (
    position INTEGER PRIMARY KEY,
    origin   TEXT REFERENCES codes (code) ON DELETE CASCADE,
    source   TEXT NOT NULL,
    target   TEXT NOT NULL,
    record   TEXT NOT NULL
) STRICT;
CREATE INDEX links_by_origin ON links (origin);
CREATE INDEX links_from ON links (source);
CREATE INDEX links_to ON links (target);

-- Findings that concern no single page or code.
CREATE TABLE whole_findings (
    position INTEGER PRIMARY KEY,
    severity TEXT NOT NULL,
    record   TEXT NOT NULL
) STRICT;
