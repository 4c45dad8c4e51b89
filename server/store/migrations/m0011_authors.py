"""Who wrote a version is kept: nobody reviews or tries what they have written themselves.

What was written before counts as written by who began it and who changed it last.
"""

TABLES = ["ALTER TABLE item_versions ADD COLUMN authors TEXT NOT NULL DEFAULT '[]'"]
