"""A person is known by phone and by ID number; a clerk's own day."""

TABLES = [
    "CREATE INDEX tickets_person_phone ON tickets (hall_id, phone_hash)"
    " WHERE state IN ('waiting','called','serving','parked','no_show')",
    "CREATE INDEX tickets_clerk_day ON tickets (hall_id, business_day, clerk) WHERE called_at IS NOT NULL",
]
