"""Codes whose check digits catch a slip, and case codes that stay unique for ever."""

from __future__ import annotations

from datetime import date

import pytest

from server.domain.codes import (
    CreditCodeInvalid,
    SerialsExhausted,
    credit_code,
    is_national,
    misread,
    national_case_code,
    national_fault,
    unified_code,
)

PATTERN = "{year}{hall}{serial:6}{check}"
OFFICE = "11511301008778183N"  # 广安区的一个部门


def test_a_credit_code_is_known_by_its_check_digit() -> None:
    assert credit_code(" 91110000600037341L ".lower()) == "91110000600037341L"
    for wrong in ("91110000600037341M", "9111000060003734", "", "91110000600037341О"):
        with pytest.raises(CreditCodeInvalid):
            credit_code(wrong)


@pytest.mark.parametrize(
    ("code", "right"),
    [
        (OFFICE + "2000104103000", True),
        (OFFICE + "9000104103000", False),  # no such level
        (OFFICE[:-1] + "A2000104103000", False),  # the office's check digit
        (OFFICE + "200010410300A", False),
    ],
)
def test_a_national_item_code_is_checked(code: str, right: bool) -> None:
    assert is_national(code)
    assert (national_fault(code) is None) is right


def test_any_other_item_code_is_opaque() -> None:
    assert not is_national("511Z07001006-511602000000-000-11511301008778183N-1-00")
    assert not is_national("许可-012")


def test_a_case_code_carries_year_hall_serial_and_check_digits() -> None:
    code = unified_code(PATTERN, "330800", 2026, 42)
    assert code[:-2] == "2026330800000042" and len(code) == 18
    assert not misread(PATTERN, "330800", f" {code[:4]} {code[4:]} ".lower())


def test_every_single_slip_and_every_swap_of_neighbours_in_a_case_code_is_seen() -> None:
    code = unified_code(PATTERN, "330800", 2026, 109_876)
    for place, char in enumerate(code):
        for other in "0123456789ABCXYZ":
            if other != char:
                assert misread(PATTERN, "330800", code[:place] + other + code[place + 1 :])
    for place in range(len(code) - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or misread(PATTERN, "330800", swapped)


def test_codes_of_two_years_never_meet() -> None:
    codes = {unified_code(PATTERN, "330800", year, serial) for year in range(2025, 2030) for serial in range(500)}
    assert len(codes) == 2500


def test_a_used_up_serial_is_refused_rather_than_reused() -> None:
    unified_code("{year}{serial:4}", "", 2026, 9_999)
    with pytest.raises(SerialsExhausted):
        unified_code("{year}{serial:4}", "", 2026, 10_000)
    with pytest.raises(SerialsExhausted):
        national_case_code(OFFICE + "2000104103000", date(2026, 11, 22), 1_000_000)


def test_an_item_with_a_national_code_gets_the_43_character_form() -> None:
    code = national_case_code(OFFICE + "2000104103000", date(2026, 11, 22), 7)
    assert len(code) == 43 and code.endswith("261122000007")
