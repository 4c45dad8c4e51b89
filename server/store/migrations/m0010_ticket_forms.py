"""自助填表: a form filled in for a number hangs on it, sealed, until it becomes a case, is deleted, or its time is up.

`key_hash`: of the secret that the phone which began it holds; `form_box` is what is being typed, `sent_box` what the
window gets. `consent_version`: of the words agreed to, of a kept profile, too ('' before they had one).
"""

TABLES = [
    """CREATE TABLE ticket_forms (
        hall_id TEXT NOT NULL, ticket_id {int} NOT NULL, key_hash TEXT NOT NULL, phone_hash TEXT, identity_hash TEXT,
        form_box TEXT NOT NULL, sent_box TEXT, revision {int} NOT NULL, consent_at {int} NOT NULL,
        consent_version TEXT NOT NULL, saved_at {int} NOT NULL, sent_at {int}, used_at {int},
        PRIMARY KEY (hall_id, ticket_id)
    ){strict}""",
    "CREATE INDEX ticket_forms_saved ON ticket_forms (hall_id, saved_at)",
    "CREATE INDEX ticket_forms_identity ON ticket_forms (hall_id, identity_hash) WHERE identity_hash IS NOT NULL",
    "ALTER TABLE profiles ADD COLUMN consent_version TEXT NOT NULL DEFAULT ''",
]
