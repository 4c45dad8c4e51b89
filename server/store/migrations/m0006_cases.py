"""Cases (办件): taken in at a window or online, decided behind the counter, issued; days longer than the visit.

Ids come from the hall's one counter, so a case's id is never a ticket's. Days are ISO texts, times µs UTC.
Personal fields stand in sealed boxes (`*_box`), found by fingerprint (`*_hash`), shown by mask (`*_mask`).
"""

TABLES = [
    # A notice of a case has the case's id in ticket_id and its own phone.
    "ALTER TABLE notices ADD COLUMN subject TEXT NOT NULL DEFAULT 'ticket'",
    "ALTER TABLE notices ADD COLUMN phone_box TEXT",
    # Serials of unified codes, by scope: "2026" or "<national item code>:<day>"; never reset, so unique for ever.
    """CREATE TABLE case_serials (
        hall_id TEXT NOT NULL, scope TEXT NOT NULL, last {int} NOT NULL, PRIMARY KEY (hall_id, scope)
    ){strict}""",
    # `owner` took it in (首办责任) and sees it to its end; `revision` counts saves of the draft.
    """CREATE TABLE cases (
        hall_id TEXT NOT NULL, id {int} NOT NULL, code TEXT, parent_id {int}, bundle TEXT,
        item_id TEXT NOT NULL, item_version {int} NOT NULL, name TEXT NOT NULL, department TEXT NOT NULL,
        section TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL, applicant TEXT NOT NULL DEFAULT 'person',
        state TEXT NOT NULL, state_since {int} NOT NULL, revision {int} NOT NULL DEFAULT 1,
        ticket_id {int}, window_number {int}, owner TEXT, owner_name TEXT NOT NULL DEFAULT '',
        answers TEXT NOT NULL DEFAULT '{{}}', situation TEXT, ticks TEXT NOT NULL DEFAULT '[]',
        form_box TEXT, applicant_mask TEXT NOT NULL DEFAULT '', identity_hash TEXT,
        phone_box TEXT, phone_hash TEXT, phone_mask TEXT, link TEXT NOT NULL,
        created_at {int} NOT NULL, created_by TEXT NOT NULL, accepted_at {int},
        legal_days {int} NOT NULL DEFAULT 0, promised_days {int} NOT NULL DEFAULT 0,
        start_day TEXT, due_day TEXT, due_provisional {int} NOT NULL DEFAULT 0,
        deferral TEXT, deferral_due TEXT, correction TEXT, corrections {int} NOT NULL DEFAULT 0, correction_due TEXT,
        pre_review_due TEXT, delivery TEXT NOT NULL DEFAULT 'counter',
        decided_at {int}, decision TEXT, ended_at {int}, end_reason TEXT,
        saved_at {int}, saved_by TEXT,
        PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE UNIQUE INDEX cases_code ON cases (hall_id, code) WHERE code IS NOT NULL",
    "CREATE UNIQUE INDEX cases_link ON cases (link)",
    "CREATE INDEX cases_ticket ON cases (hall_id, ticket_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX cases_parent ON cases (hall_id, parent_id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX cases_due ON cases (hall_id, due_day, id) WHERE state IN ('accepted','reviewing')",
    "CREATE INDEX cases_state ON cases (hall_id, state, state_since)",
    "CREATE INDEX cases_deferral ON cases (hall_id, deferral_due) WHERE deferral_due IS NOT NULL",
    "CREATE INDEX cases_owner ON cases (hall_id, owner, state)",
    "CREATE INDEX cases_phone ON cases (hall_id, phone_hash) WHERE phone_hash IS NOT NULL",
    "CREATE INDEX cases_identity ON cases (hall_id, identity_hash) WHERE identity_hash IS NOT NULL",
    # A case keeps its own history: archiving the events never loses a fact of it.
    """CREATE TABLE case_history (
        hall_id TEXT NOT NULL, case_id {int} NOT NULL, id {int} NOT NULL, at {int} NOT NULL, by_id TEXT NOT NULL,
        by_name TEXT NOT NULL, action TEXT NOT NULL, from_state TEXT, to_state TEXT, data TEXT NOT NULL DEFAULT '{{}}',
        PRIMARY KEY (hall_id, case_id, id)
    ){strict}""",
    # Days on which the clock stands (补正, 特别程序); until_day NULL: still.
    """CREATE TABLE case_stops (
        hall_id TEXT NOT NULL, case_id {int} NOT NULL, id {int} NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
        since_day TEXT NOT NULL, until_day TEXT, by_id TEXT NOT NULL, PRIMARY KEY (hall_id, case_id, id)
    ){strict}""",
    # A department's part of a case (并联审批: several).
    """CREATE TABLE case_tasks (
        hall_id TEXT NOT NULL, id {int} NOT NULL, case_id {int} NOT NULL, department TEXT NOT NULL,
        state TEXT NOT NULL, state_since {int} NOT NULL, holder TEXT, holder_name TEXT NOT NULL DEFAULT '',
        received_at {int}, decided_at {int}, decided_by TEXT, opinion TEXT NOT NULL DEFAULT '',
        reasons TEXT NOT NULL DEFAULT '[]', PRIMARY KEY (hall_id, id), UNIQUE (hall_id, case_id, department)
    ){strict}""",
    "CREATE INDEX case_tasks_open ON case_tasks (hall_id, department, state)",
    # 交接清单: a department's list of one slot of one day; `direction` "department" (papers out) or "issue" (results in).
    """CREATE TABLE handovers (
        hall_id TEXT NOT NULL, id {int} NOT NULL, business_day TEXT NOT NULL, slot TEXT NOT NULL,
        department TEXT NOT NULL, direction TEXT NOT NULL, state TEXT NOT NULL, made_at {int} NOT NULL,
        sent_by TEXT, sent_by_name TEXT NOT NULL DEFAULT '', sent_at {int},
        received_by TEXT, received_by_name TEXT NOT NULL DEFAULT '', received_at {int}, PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE INDEX handovers_open ON handovers (hall_id, state, business_day)",
    """CREATE TABLE handover_lines (
        hall_id TEXT NOT NULL, handover_id {int} NOT NULL, case_id {int} NOT NULL, task_id {int},
        pieces {int} NOT NULL DEFAULT 0, state TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (hall_id, handover_id, case_id)
    ){strict}""",
    "CREATE INDEX handover_lines_case ON handover_lines (hall_id, case_id)",
    # What is issued: waits on a numbered shelf until collected, or goes by courier.
    """CREATE TABLE case_results (
        hall_id TEXT NOT NULL, case_id {int} NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, shelf {int},
        pickup_hash TEXT, pickup_box TEXT, arrived_at {int}, arrived_by TEXT, collected_at {int}, collected_by TEXT,
        collector_mask TEXT NOT NULL DEFAULT '', proof TEXT NOT NULL DEFAULT '', signature_file {int},
        handed_by TEXT, window_number {int}, department TEXT NOT NULL DEFAULT '', reminded_at {int}, reminders {int} NOT NULL DEFAULT 0,
        PRIMARY KEY (hall_id, case_id)
    ){strict}""",
    "CREATE UNIQUE INDEX case_results_shelf ON case_results (hall_id, shelf) WHERE shelf IS NOT NULL",
    "CREATE INDEX case_results_state ON case_results (hall_id, state, arrived_at)",
    """CREATE TABLE courier_orders (
        hall_id TEXT NOT NULL, id {int} NOT NULL, case_id {int} NOT NULL, gateway TEXT NOT NULL, state TEXT NOT NULL,
        address_box TEXT NOT NULL, address_mask TEXT NOT NULL, order_no TEXT, waybill TEXT, slip_file {int},
        track TEXT NOT NULL DEFAULT '[]', error TEXT, attempts {int} NOT NULL DEFAULT 0, due_at {int} NOT NULL,
        created_at {int} NOT NULL, created_by TEXT NOT NULL, updated_at {int} NOT NULL, PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE INDEX courier_orders_due ON courier_orders (hall_id, state, due_at)",
    "CREATE INDEX courier_orders_case ON courier_orders (hall_id, case_id)",
    # 督办: who was reminded of what, once each.
    """CREATE TABLE case_reminders (
        hall_id TEXT NOT NULL, id {int} NOT NULL, case_id {int} NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL,
        recipient TEXT NOT NULL, day TEXT NOT NULL, at {int} NOT NULL, seen_at {int}, seen_by TEXT,
        by_id TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (hall_id, id), UNIQUE (hall_id, case_id, kind, level, recipient)
    ){strict}""",
    "CREATE INDEX case_reminders_of ON case_reminders (hall_id, recipient, seen_at)",
    # 授权委托: whom a department lets decide at the window, for which items ("*" = all of the department's).
    """CREATE TABLE authorizations (
        hall_id TEXT NOT NULL, id {int} NOT NULL, department TEXT NOT NULL, staff TEXT NOT NULL, items TEXT NOT NULL,
        document TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT, made_at {int} NOT NULL, made_by TEXT NOT NULL,
        revoked_at {int}, revoked_by TEXT, PRIMARY KEY (hall_id, id)
    ){strict}""",
    "CREATE INDEX authorizations_staff ON authorizations (hall_id, staff)",
    # What the guide found before the number was taken; the window sees it. One a ticket.
    """CREATE TABLE prechecks (
        hall_id TEXT NOT NULL, ticket_id {int} NOT NULL, item_id TEXT NOT NULL, item_version {int} NOT NULL,
        answers TEXT NOT NULL, situation TEXT, ticks TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
        by_id TEXT NOT NULL, by_name TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY (hall_id, ticket_id)
    ){strict}""",
    # 自助填表: kept with consent, found by phone or ID number, gone when deleted.
    """CREATE TABLE profiles (
        hall_id TEXT NOT NULL, id {int} NOT NULL, applicant TEXT NOT NULL, identity_hash TEXT NOT NULL,
        phone_hash TEXT NOT NULL, form_box TEXT NOT NULL, consent_at {int} NOT NULL, used_at {int} NOT NULL,
        PRIMARY KEY (hall_id, id), UNIQUE (hall_id, applicant, identity_hash)
    ){strict}""",
    "CREATE INDEX profiles_phone ON profiles (hall_id, phone_hash)",
    # One-time codes to a phone, for online applications and profiles; and wrong tries at a case's progress.
    """CREATE TABLE phone_codes (
        hall_id TEXT NOT NULL, phone_hash TEXT NOT NULL, code_hash TEXT NOT NULL, sent_at {int} NOT NULL,
        tries {int} NOT NULL DEFAULT 0, used_at {int}, sends {int} NOT NULL DEFAULT 1, since {int} NOT NULL DEFAULT 0,
        PRIMARY KEY (hall_id, phone_hash)
    ){strict}""",
    """CREATE TABLE lookup_tries (
        hall_id TEXT NOT NULL, subject TEXT NOT NULL, tries {int} NOT NULL, last_at {int} NOT NULL,
        locked_until {int} NOT NULL DEFAULT 0, PRIMARY KEY (hall_id, subject)
    ){strict}""",
    """CREATE TABLE case_evaluations (
        hall_id TEXT NOT NULL, case_id {int} NOT NULL, day TEXT NOT NULL, score {int} NOT NULL, tags TEXT NOT NULL,
        comment TEXT NOT NULL, channel TEXT NOT NULL, department TEXT NOT NULL, owner TEXT, item_id TEXT NOT NULL,
        at {int} NOT NULL, PRIMARY KEY (hall_id, case_id)
    ){strict}""",
]
