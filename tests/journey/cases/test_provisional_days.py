"""暂定: a day in a year whose holidays nobody has published says so wherever it stands, and the year's file is asked for."""

from __future__ import annotations

from datetime import date

from server.domain.cases.intake import Deferral
from server.domain.cases.record import Case
from server.journey.cases.receipts import paper
from server.journey.cases.views import brief, citizen_view
from server.journey.catalogue import holidays
from tests.case_scene import ADMIN, Cases
from tests.journey.cases.test_online import submitted
from tests.scene import small_hall

YEAR_2027 = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}


def far(desk: Cases) -> None:
    """It is 25 November 2026; limits reach into 2027."""
    desk.hall.wait(minutes=7 * 24 * 60)
    desk.hall.reload(small_hall(cases={"correction_days": 30}))
    desk.hall.open(1)


def new_year(desk: Cases) -> None:
    """It is 29 December 2026; five working days reach into 2027."""
    desk.hall.wait(minutes=41 * 24 * 60)
    desk.hall.reload(small_hall(cases={"correction_days": 5, "pre_review_days": 5}))
    desk.hall.open(1)


def missing(desk: Cases) -> list[int]:
    found = desk.hall.read(holidays.holidays_view)["missing"]
    assert isinstance(found, list)
    return found


def publish(desk: Cases) -> None:
    desk.write(holidays.import_holidays, holidays.ImportHolidays(ADMIN, YEAR_2027))


def marked(desk: Cases, case: Case) -> list[str]:
    rows = desk.hall.read(lambda rx: [brief(rx, rx.cases.get(case.id)), citizen_view(rx, rx.cases.get(case.id))])
    assert rows[0]["provisional"] == rows[1]["provisional"]
    return list(rows[0]["provisional"])


def said(desk: Cases, case: Case, kind: str) -> str:
    return str(desk.hall.read(lambda rx: paper(rx, rx.cases.get(case.id), kind)))


def test_the_day_to_put_something_right_is_provisional_on_page_and_paper_and_its_year_is_asked_for(desk: Cases) -> None:
    far(desk)
    assert missing(desk) == []
    case = desk.correct(desk.ready())
    assert (case.correction_due, marked(desk, case), missing(desk)) == ("2027-01-06", ["correction_due"], [2027])
    assert "2027年1月6日（暂定）前补正" in said(desk, case, "correction")
    publish(desk)
    assert (desk.get(case).correction_due, marked(desk, case), missing(desk)) == ("2027-01-07", [], [])
    assert "recounted" in desk.actions(case)
    assert "2027年1月6日（暂定）前补正" in said(desk, case, "correction"), "the paper stays as it was given"


def test_a_pre_review_that_ends_in_a_year_nobody_knows_says_so(desk: Cases) -> None:
    new_year(desk)
    case, _ = submitted(desk)
    assert (case.pre_review_due, marked(desk, case), missing(desk)) == ("2027-01-05", ["pre_review_due"], [2027])
    publish(desk)
    assert (desk.get(case).pre_review_due, marked(desk, case), missing(desk)) == ("2027-01-06", [], [])


def test_papers_to_follow_in_a_year_nobody_knows_say_so_on_page_receipt_and_commitment(desk: Cases) -> None:
    new_year(desk)
    case = desk.accept(desk.ready(without="bank-card"), Deferral("一月补交银行卡", date(2027, 1, 4)))
    assert (case.due_provisional, marked(desk, case), missing(desk)) == (True, ["deferral_due"], [2027])
    for kind in ("acceptance", "commitment"):
        assert "2027年1月4日（暂定）前补交" in said(desk, case, kind), kind
    publish(desk)
    assert marked(desk, case) == [] and desk.get(case).deferral_due == "2027-01-04", "what was promised stays"


def test_a_day_that_was_told_is_never_made_earlier_by_the_published_year(desk: Cases) -> None:
    far(desk)
    case = desk.correct(desk.ready())
    days = [{"name": "调休", "date": f"2027-01-0{day}", "isOffDay": False} for day in (2, 3)]
    worked = {"year": 2027, "days": [*days, {"name": "国庆节", "date": "2027-10-01", "isOffDay": True}]}
    desk.write(holidays.import_holidays, holidays.ImportHolidays(ADMIN, worked))
    assert desk.get(case).correction_due == "2027-01-06" and "recounted" not in desk.actions(case)


def test_a_wait_is_counted_anew_with_the_working_days_of_the_day_it_began(desk: Cases) -> None:
    new_year(desk)
    told = desk.correct(desk.ready())
    sent, _ = submitted(desk)
    desk.hall.reload(small_hall(cases={"correction_days": 60, "pre_review_days": 2}))
    publish(desk)
    assert (desk.get(told).correction_due, desk.get(sent).pre_review_due) == ("2027-01-06", "2027-01-06")


def test_the_sms_says_that_a_day_is_provisional_as_the_pages_do(desk: Cases) -> None:
    far(desk)
    assert "1月6日（暂定）前补齐" in desk.sms(desk.correct(desk.ready()))["case_correction"]
    desk.hall.wait(minutes=34 * 24 * 60)  # 29 December
    desk.hall.open(1)
    case = desk.accept(desk.ready(without="bank-card"), Deferral("一月补交银行卡", date(2027, 1, 4)))
    assert "1月5日（暂定）前办结" in desk.sms(case)["case_accepted"]
    desk.next_day(3)
    assert "1月4日（暂定）前补交" in desk.sms(case)["case_deferral_due"]
    publish(desk)
    other = desk.accepted("permit")
    assert "暂定" not in desk.sms(other)["case_accepted"]
