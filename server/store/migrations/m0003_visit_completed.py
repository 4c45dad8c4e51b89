"""The visit's end: what citizens say of it; a pad belongs to a window."""

TABLES = [
    "ALTER TABLE devices ADD COLUMN window_number {int}",
    # One a visit, for ever. `channel` is "pad" or "phone"; `tags` a JSON list of ids of the hall file.
    """CREATE TABLE evaluations (
        hall_id TEXT NOT NULL, id {int} NOT NULL, ticket_id {int} NOT NULL, business_day TEXT NOT NULL,
        score {int} NOT NULL, tags TEXT NOT NULL DEFAULT '[]', comment TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL,
        window_number {int}, clerk TEXT, section TEXT NOT NULL, item TEXT, at {int} NOT NULL,
        PRIMARY KEY (hall_id, id), UNIQUE (hall_id, ticket_id)
    ){strict}""",
    "CREATE INDEX evaluations_day ON evaluations (hall_id, business_day, score)",
]
