"""Serials of case codes go on past a gap when the database was restored: each knows the epoch it was counted in."""

TABLES = [
    "ALTER TABLE case_serials ADD COLUMN epoch TEXT NOT NULL DEFAULT ''",
    "UPDATE case_serials SET epoch = (SELECT h.epoch FROM hall h WHERE h.id = case_serials.hall_id)",
    # `since_day` "": the hall began with it.
    """CREATE TABLE hall_epochs (
        hall_id TEXT NOT NULL, epoch TEXT NOT NULL, since_day TEXT NOT NULL, PRIMARY KEY (hall_id, epoch)
    ){strict}""",
    "INSERT INTO hall_epochs (hall_id, epoch, since_day) SELECT id, epoch, '' FROM hall",
]
