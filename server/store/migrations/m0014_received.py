"""What a clerk has written down of the papers handed in, for an item whose list is not published."""

TABLES = ["ALTER TABLE cases ADD COLUMN received TEXT"]
