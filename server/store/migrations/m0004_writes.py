"""Each commit that changes a hall counts in its row, so that a writer knows whether what it remembers still holds."""

TABLES = [
    "ALTER TABLE hall ADD COLUMN writes {int} NOT NULL DEFAULT 0",
]
