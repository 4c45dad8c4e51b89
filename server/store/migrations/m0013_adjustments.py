"""动态调整: what those who use an item ask its department to change, and what became of it."""

TABLES = [
    """CREATE TABLE adjustments (
        hall_id TEXT NOT NULL, id {int} NOT NULL, item_id TEXT NOT NULL, version {int} NOT NULL,
        flaw TEXT NOT NULL, about TEXT NOT NULL, text TEXT NOT NULL, law TEXT NOT NULL DEFAULT '', law_from TEXT,
        due_day TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open',
        asked_at {int} NOT NULL, asked_by TEXT NOT NULL, asked_by_name TEXT NOT NULL, asked_from TEXT NOT NULL DEFAULT '',
        answer TEXT NOT NULL DEFAULT '', answered_at {int}, answered_by_name TEXT NOT NULL DEFAULT '', draft {int},
        PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE INDEX adjustments_open ON adjustments (hall_id, due_day, id) WHERE state = 'open'",
    "CREATE INDEX adjustments_asked ON adjustments (hall_id, asked_by, id)",
    "CREATE INDEX adjustments_of ON adjustments (hall_id, item_id, id)",
]
