"""The first tables. `{int}` is a 64-bit integer, `{strict}` the table option, on either engine.

All times are integer microseconds UTC. `hall_id` leads every key. Booleans are 0/1. JSON is text.
"""

TABLES = [
    # One row a hall: locked first, always. Counters live here so that no sequence can gap.
    """CREATE TABLE hall (
        id TEXT PRIMARY KEY, epoch TEXT NOT NULL, seq {int} NOT NULL DEFAULT 0, last_id {int} NOT NULL DEFAULT 0,
        last_time {int} NOT NULL DEFAULT 0, event_hash TEXT NOT NULL DEFAULT '',
        file_version {int} NOT NULL DEFAULT 0, business_day TEXT NOT NULL DEFAULT ''
    ){strict}""",
    # The hall file as loaded, so that every instance and every step sees the same one.
    """CREATE TABLE hall_versions (
        hall_id TEXT NOT NULL, version {int} NOT NULL, loaded_at {int} NOT NULL, loaded_by TEXT NOT NULL,
        digest TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (hall_id, version)
    ){strict}""",
    """CREATE TABLE windows (
        hall_id TEXT NOT NULL, number {int} NOT NULL,
        state TEXT NOT NULL DEFAULT 'closed',
        clerk TEXT, clerk_name TEXT, reason TEXT,
        ticket_id {int}, busy_seconds {int} NOT NULL DEFAULT 0, busy_since {int},
        waiting_count {int} NOT NULL DEFAULT 0, waiting_seconds {int} NOT NULL DEFAULT 0,
        state_since {int} NOT NULL DEFAULT 0, opened_at {int}, last_action_at {int} NOT NULL DEFAULT 0,
        PRIMARY KEY (hall_id, number)
    ){strict}""",
    # A distinct set of windows able to serve something; members is ",3,4,12,".
    """CREATE TABLE queues (
        hall_id TEXT NOT NULL, id {int} NOT NULL, members TEXT NOT NULL,
        PRIMARY KEY (hall_id, id), UNIQUE (hall_id, members)
    ){strict}""",
    """CREATE TABLE tickets (
        hall_id TEXT NOT NULL, id {int} NOT NULL, business_day TEXT NOT NULL, number TEXT NOT NULL,
        section TEXT NOT NULL, item TEXT, state TEXT NOT NULL, channel TEXT NOT NULL,
        queue_id {int} NOT NULL, window_number {int}, planned_window {int}, wish_window {int},
        rank_at {int} NOT NULL, seconds {int} NOT NULL, held {int} NOT NULL DEFAULT 0, told {int} NOT NULL DEFAULT 0,
        priority TEXT, priority_reason TEXT, granted_by TEXT, override_reason TEXT,
        reason TEXT NOT NULL DEFAULT '{{}}', rank_reason TEXT NOT NULL DEFAULT '{{}}',
        person TEXT, phone_hash TEXT, phone_box TEXT, phone_mask TEXT, link TEXT NOT NULL, taken_by TEXT NOT NULL,
        taken_at {int} NOT NULL, told_ahead {int}, told_seconds {int},
        assigned_at {int}, first_called_at {int}, called_at {int}, calls {int} NOT NULL DEFAULT 0,
        started_at {int}, start_inferred {int} NOT NULL DEFAULT 0, ended_at {int}, end_reason TEXT,
        parked_at {int}, parked_total {int} NOT NULL DEFAULT 0, no_shows {int} NOT NULL DEFAULT 0, no_show_at {int},
        transfers {int} NOT NULL DEFAULT 0, clerk TEXT, visits {int} NOT NULL DEFAULT 1,
        PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE UNIQUE INDEX tickets_link ON tickets (link)",
    "CREATE UNIQUE INDEX tickets_live_number ON tickets (hall_id, number)"
    " WHERE state IN ('waiting','called','serving','parked','no_show')",
    "CREATE INDEX tickets_queue ON tickets (hall_id, queue_id, rank_at, id) WHERE state = 'waiting' AND held = 0",
    "CREATE INDEX tickets_line ON tickets (hall_id, window_number, rank_at, id, seconds)"
    " WHERE state = 'waiting' AND held = 0",
    "CREATE INDEX tickets_untold ON tickets (hall_id, queue_id, rank_at, id)"
    " WHERE state = 'waiting' AND held = 0 AND told = 0",
    "CREATE INDEX tickets_person ON tickets (hall_id, person)"
    " WHERE state IN ('waiting','called','serving','parked','no_show')",
    "CREATE INDEX tickets_active ON tickets (hall_id, state, window_number)"
    " WHERE state IN ('called','serving','parked','no_show')",
    "CREATE INDEX tickets_waiting ON tickets (hall_id, section, taken_at) WHERE state = 'waiting'",
    "CREATE INDEX tickets_held ON tickets (hall_id, window_number) WHERE state = 'waiting' AND held = 1",
    "CREATE INDEX tickets_wish ON tickets (hall_id, wish_window) WHERE state = 'waiting' AND wish_window IS NOT NULL",
    "CREATE INDEX tickets_window_day ON tickets (hall_id, business_day, window_number) WHERE called_at IS NOT NULL",
    "CREATE INDEX tickets_calls ON tickets (hall_id, business_day, called_at)",
    "CREATE INDEX tickets_day ON tickets (hall_id, business_day, section, state)",
    """CREATE TABLE numbers (
        hall_id TEXT NOT NULL, business_day TEXT NOT NULL, section TEXT NOT NULL, last {int} NOT NULL,
        PRIMARY KEY (hall_id, business_day, section)
    ){strict}""",
    # How many waited and were granted a class today: the green channel's cap without counting rows.
    """CREATE TABLE day_counts (
        hall_id TEXT NOT NULL, business_day TEXT NOT NULL, section TEXT NOT NULL, name TEXT NOT NULL,
        value {int} NOT NULL, PRIMARY KEY (hall_id, business_day, section, name)
    ){strict}""",
    # Learned service time of an item ("item:<id>") or a section ("section:<id>").
    """CREATE TABLE learned (
        hall_id TEXT NOT NULL, subject TEXT NOT NULL, visits {int} NOT NULL, seconds {int} NOT NULL,
        PRIMARY KEY (hall_id, subject)
    ){strict}""",
    # A section is '' for the whole hall.
    """CREATE TABLE stops (
        hall_id TEXT NOT NULL, section TEXT NOT NULL, message_zh TEXT NOT NULL, message_en TEXT NOT NULL,
        by_whom TEXT NOT NULL, since {int} NOT NULL, PRIMARY KEY (hall_id, section)
    ){strict}""",
    """CREATE TABLE events (
        hall_id TEXT NOT NULL, seq {int} NOT NULL, at {int} NOT NULL, type TEXT NOT NULL,
        ticket_id {int}, window_number {int}, data TEXT NOT NULL, hash TEXT NOT NULL,
        PRIMARY KEY (hall_id, seq)
    ){strict}""",
    "CREATE INDEX events_ticket ON events (hall_id, ticket_id, seq) WHERE ticket_id IS NOT NULL",
    """CREATE TABLE notices (
        hall_id TEXT NOT NULL, id {int} NOT NULL, ticket_id {int} NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
        template_id TEXT NOT NULL, params TEXT NOT NULL, text TEXT NOT NULL, phone_mask TEXT,
        created_at {int} NOT NULL, due_at {int} NOT NULL, expires_at {int} NOT NULL, attempts {int} NOT NULL DEFAULT 0,
        gateway TEXT, gateway_id TEXT, error_code TEXT, error TEXT,
        sending_at {int}, sent_at {int}, delivered_at {int}, updated_at {int} NOT NULL,
        PRIMARY KEY (hall_id, id), UNIQUE (hall_id, ticket_id, kind)
    ){strict}""",
    "CREATE INDEX notices_due ON notices (hall_id, state, due_at) WHERE state IN ('pending','sending')",
    "CREATE INDEX notices_unreported ON notices (hall_id, due_at) WHERE state = 'sent'",
    "CREATE INDEX notices_trouble ON notices (hall_id, updated_at) WHERE state IN ('failed','unknown')",
    "CREATE INDEX notices_gateway ON notices (gateway_id) WHERE gateway_id IS NOT NULL",
    """CREATE TABLE audit (
        hall_id TEXT NOT NULL, seq {int} NOT NULL, at {int} NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL, data TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (hall_id, seq)
    ){strict}""",
    """CREATE TABLE audit_chain (
        hall_id TEXT PRIMARY KEY, seq {int} NOT NULL, hash TEXT NOT NULL
    ){strict}""",
    """CREATE TABLE idempotency (
        hall_id TEXT NOT NULL, actor TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL,
        status {int} NOT NULL, body TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY (hall_id, actor, key)
    ){strict}""",
    "CREATE INDEX idempotency_age ON idempotency (hall_id, at)",
    """CREATE TABLE alarms (
        hall_id TEXT NOT NULL, id {int} NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL,
        raised_at {int} NOT NULL, cleared_at {int}, seen_by TEXT, PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE UNIQUE INDEX alarms_open ON alarms (hall_id, kind, subject) WHERE cleared_at IS NULL",
    """CREATE TABLE staff (
        hall_id TEXT NOT NULL, username TEXT NOT NULL, name TEXT NOT NULL, roles TEXT NOT NULL, windows TEXT NOT NULL,
        password_hash TEXT NOT NULL, active {int} NOT NULL DEFAULT 1,
        failures {int} NOT NULL DEFAULT 0, locked_until {int} NOT NULL DEFAULT 0, created_at {int} NOT NULL,
        PRIMARY KEY (hall_id, username)
    ){strict}""",
    """CREATE TABLE sessions (
        token_hash TEXT PRIMARY KEY, hall_id TEXT NOT NULL, username TEXT NOT NULL, csrf TEXT NOT NULL,
        created_at {int} NOT NULL, seen_at {int} NOT NULL, ended_at {int}
    ){strict}""",
    """CREATE TABLE devices (
        hall_id TEXT NOT NULL, id TEXT NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL, area TEXT,
        pairing_code TEXT, pairing_expires {int}, token_hash TEXT, csrf TEXT,
        created_at {int} NOT NULL, paired_at {int}, paired_by TEXT, seen_at {int}, revoked_at {int},
        PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE UNIQUE INDEX devices_token ON devices (token_hash) WHERE token_hash IS NOT NULL",
]
