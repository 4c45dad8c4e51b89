"""The words of the SMS."""

from __future__ import annotations

import pytest

from config.hall_file import HallFile, load_hall
from config.wording import full_params, length, link_note, render
from tests.config.conftest import DEMO, HallFolder

LINK = "http://127.0.0.1:8000/t/abcdefghijkl"


@pytest.fixture(scope="module")
def hall() -> HallFile:
    return load_hall(DEMO)


def test_the_first_notice_names_number_window_people_ahead_and_link(hall: HallFile) -> None:
    params = {"number": "C012", "window": "3", "ahead": "4", "minutes": "9", "link": LINK, "section": "不动产"}
    assert render(hall, "taken", params) == f"【衢州政务】取号C012，预计3号窗口以叫号为准，前面4人 {LINK}"


def test_a_call_names_number_window_and_section(hall: HallFile) -> None:
    text = render(hall, "called", {"number": "C012", "window": "3", "section": "不动产交易登记"})
    assert text == "【衢州政务】请C012号到3号窗口办理不动产交易登记。过号请到导服台恢复排队。"


@pytest.mark.parametrize("window", ["", None])
def test_no_planned_window_is_said_as_to_be_assigned(hall: HallFile, window: str | None) -> None:
    params = {"number": "C012", "ahead": "4", "link": LINK} | ({} if window is None else {"window": window})
    assert "预计待定窗口以叫号为准" in render(hall, "taken", params)


def test_a_missing_parameter_is_an_error_and_never_half_a_message(hall: HallFile) -> None:
    with pytest.raises(KeyError, match="ahead"):
        render(hall, "soon", {"number": "C012", "window": "3"})


def test_a_value_that_looks_like_a_field_is_not_filled_again(hall: HallFile) -> None:
    text = render(hall, "called", {"number": "{section}", "window": "3", "section": "不动产"})
    assert text.startswith("【衢州政务】请{section}号到")


def test_providers_get_the_parameters_as_they_stand_in_the_text(hall: HallFile) -> None:
    assert full_params(hall, {"number": "C012", "window": "3"}) == {
        "hall": hall.hall.name,
        "number": "C012",
        "window": "3号窗口",
    }


def test_length_counts_what_the_network_counts() -> None:
    assert (length("取号A001"), length("😀")) == (6, 2)


def test_a_public_address_too_long_for_the_link_is_pointed_out(hall: HallFile) -> None:
    assert link_note(hall, "http://127.0.0.1:8000/") is None
    note = link_note(hall, "https://hall.quzhou.example")
    assert note and "42 个字" in note and "sms.link_length 是 36" in note


def test_more_windows_can_make_a_text_too_long(demo: HallFolder) -> None:
    demo.add("windows.csv", "140,intake,,general,,south,no")
    assert {problem.wrong[:9] for problem in demo.problems()} == {"最长时有 71 个"}
