"""公示号: short, readable aloud, hardly ever the same for two cases of one wall."""

from __future__ import annotations

import hashlib
import re

from server.domain.cases.board import board_number


def test_a_board_number_is_two_letters_nobody_takes_for_digits_and_four_digits() -> None:
    numbers = [board_number(hashlib.sha256(str(case).encode()).hexdigest()) for case in range(5_000)]
    assert all(re.fullmatch("[A-HJ-NPR-Z]{2}[0-9]{4}", one) for one in numbers)
    assert len(set(numbers)) > 4_990
    assert board_number("0" * 32) == "AA0000"
