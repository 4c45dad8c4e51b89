"""What was handed over at a window is found by the window: its pad asks about it."""

TABLES = [
    "CREATE INDEX case_results_handed_over ON case_results (hall_id, window_number, collected_at) WHERE collected_at IS NOT NULL",
]
