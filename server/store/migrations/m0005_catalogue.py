"""The catalogue (事项 → 情形 → 材料 → 审查要点), the working-day calendar, and whose department somebody is of.

`{int}` and `{strict}` as in m0001. JSON is text; days are ISO texts of the hall's calendar.
"""

TABLES = [
    "ALTER TABLE staff ADD COLUMN department TEXT NOT NULL DEFAULT ''",
    # Counts what changed the catalogue in force, as file_version counts hall files.
    "ALTER TABLE hall ADD COLUMN catalogue_version {int} NOT NULL DEFAULT 0",
    # Published holidays and make-up days, as imported: a later import replaces its year.
    """CREATE TABLE holiday_years (
        hall_id TEXT NOT NULL, year {int} NOT NULL, body TEXT NOT NULL,
        imported_at {int} NOT NULL, imported_by TEXT NOT NULL, PRIMARY KEY (hall_id, year)
    ){strict}""",
    # The tree, up to four levels. A node with is_item = 1 has versions; its id is the item's id everywhere.
    """CREATE TABLE catalogue_nodes (
        hall_id TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL DEFAULT '', level {int} NOT NULL,
        position {int} NOT NULL DEFAULT 0, name TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '',
        code TEXT NOT NULL DEFAULT '', department TEXT NOT NULL DEFAULT '', is_item {int} NOT NULL DEFAULT 0,
        retired_at {int}, PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE INDEX catalogue_children ON catalogue_nodes (hall_id, parent, position, id)",
    "CREATE INDEX catalogue_code ON catalogue_nodes (hall_id, code) WHERE code <> ''",
    # Every version for ever: a running case keeps the one it was taken in under. `revision` counts saves of a draft,
    # `round` the times it went to review; `initials` are its name's.
    """CREATE TABLE item_versions (
        hall_id TEXT NOT NULL, item_id TEXT NOT NULL, version {int} NOT NULL, stage TEXT NOT NULL,
        body TEXT NOT NULL, initials TEXT NOT NULL DEFAULT '', revision {int} NOT NULL DEFAULT 1,
        round {int} NOT NULL DEFAULT 0, reviewers TEXT NOT NULL DEFAULT '[]',
        effective_from TEXT, effective_to TEXT, note TEXT NOT NULL DEFAULT '',
        created_at {int} NOT NULL, created_by TEXT NOT NULL, changed_at {int} NOT NULL, changed_by TEXT NOT NULL,
        published_at {int}, PRIMARY KEY (hall_id, item_id, version)
    ){strict}""",
    "CREATE INDEX item_stages ON item_versions (hall_id, stage, item_id)",
    # `round` counts the times a version went to review: what was said before it went back stays.
    """CREATE TABLE item_reviews (
        hall_id TEXT NOT NULL, item_id TEXT NOT NULL, version {int} NOT NULL, round {int} NOT NULL,
        reviewer TEXT NOT NULL, grades TEXT NOT NULL, reasons TEXT NOT NULL, at {int} NOT NULL,
        PRIMARY KEY (hall_id, item_id, version, round, reviewer)
    ){strict}""",
    """CREATE TABLE item_trials (
        hall_id TEXT NOT NULL, id {int} NOT NULL, item_id TEXT NOT NULL, version {int} NOT NULL,
        round {int} NOT NULL, window_number {int} NOT NULL, clerk TEXT NOT NULL,
        objection TEXT NOT NULL DEFAULT '', at {int} NOT NULL, PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE INDEX item_trials_of ON item_trials (hall_id, item_id, version, round)",
    # 一件事: several items applied for with one form.
    """CREATE TABLE bundles (
        hall_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '',
        items TEXT NOT NULL, guide TEXT NOT NULL DEFAULT '', active {int} NOT NULL DEFAULT 1,
        changed_at {int} NOT NULL, changed_by TEXT NOT NULL, PRIMARY KEY (hall_id, id)
    ){strict}""",
    # Files by what they are: bytes lie encrypted beside the database under `sha256`. `owner`: "item:<id>", "case:<id>".
    """CREATE TABLE files (
        hall_id TEXT NOT NULL, id {int} NOT NULL, owner TEXT NOT NULL, purpose TEXT NOT NULL, name TEXT NOT NULL,
        media_type TEXT NOT NULL, bytes {int} NOT NULL, sha256 TEXT NOT NULL, scan TEXT NOT NULL,
        added_at {int} NOT NULL, added_by TEXT NOT NULL, removed_at {int}, PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE INDEX files_of ON files (hall_id, owner, id)",
]
