"""A ticket stands in seven indexes when it is taken instead of twelve, and fewer change when it moves: half its price.

Whoever gave neither phone nor ID number is in no index of people, whoever was not called in none of calls, and the day's
index holds nothing that changes.
"""

_LIVE = "state IN ('waiting','called','serving','parked','no_show')"
_IN_LINE = "state = 'waiting' AND held = 0"

TABLES = [
    "DROP INDEX tickets_untold",
    "DROP INDEX tickets_queue",
    f"CREATE INDEX tickets_queue ON tickets (hall_id, queue_id, rank_at, id, told) WHERE {_IN_LINE}",
    "DROP INDEX tickets_person",
    f"CREATE INDEX tickets_person ON tickets (hall_id, person) WHERE {_LIVE} AND person IS NOT NULL",
    "DROP INDEX tickets_person_phone",
    f"CREATE INDEX tickets_person_phone ON tickets (hall_id, phone_hash) WHERE {_LIVE} AND phone_hash IS NOT NULL",
    "DROP INDEX tickets_calls",
    "CREATE INDEX tickets_calls ON tickets (hall_id, business_day, called_at) WHERE called_at IS NOT NULL",
    "DROP INDEX tickets_day",
    "CREATE INDEX tickets_day ON tickets (hall_id, business_day, number)",
]
