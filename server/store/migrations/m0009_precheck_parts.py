"""A precheck may be of a bundle (一件事): a row an item of it, so that each finds its own answers and ticks."""

_COLUMNS = "hall_id, ticket_id, item_id, item_version, answers, situation, ticks, note, by_id, by_name, at"

TABLES = [
    # `bundle` NULL: of the one item. A ticket has one precheck: its rows are put and replaced together.
    """CREATE TABLE precheck_parts (
        hall_id TEXT NOT NULL, ticket_id {int} NOT NULL, item_id TEXT NOT NULL, bundle TEXT, item_version {int} NOT NULL,
        answers TEXT NOT NULL, situation TEXT, ticks TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
        by_id TEXT NOT NULL, by_name TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY (hall_id, ticket_id, item_id)
    ){strict}""",
    f"INSERT INTO precheck_parts ({_COLUMNS}) SELECT {_COLUMNS} FROM prechecks",
    "DROP TABLE prechecks",
    "ALTER TABLE precheck_parts RENAME TO prechecks",
]
