from __future__ import annotations

import pytest

from server.journey import supervising
from server.journey.hall_views import board_view, hall_view, items_view, manager_view, snapshot_view
from tests.scene import MANAGER, Scene, small_hall


def windows_with(**changes: list[str]) -> list[dict[str, object]]:
    """The small hall's windows with `w<number>` sections replaced."""
    rows = [w.model_dump() for w in small_hall().windows]
    for name, sections in changes.items():
        rows[int(name[1:]) - 1]["sections"] = sections
    return rows


def test_a_reload_applies_to_those_already_waiting(hall: Scene) -> None:
    hall.open(1, 4)
    ticket = hall.take("house")
    assert ticket.window_number == 4
    reloaded = hall.reload(small_hall(windows=windows_with(w1=["general", "house"], w4=["general"])))
    assert hall.ticket(ticket).window_number == 1
    assert reloaded.rehomed == 1 and any("窗口 4" in c.zh for c in reloaded.changes)
    hall.check_counters()


def test_a_reload_that_would_strand_somebody_is_refused_whole(hall: Scene) -> None:
    hall.open(4)
    ticket = hall.take("house")
    with pytest.raises(supervising.ReloadWouldStrand):
        hall.reload(small_hall(windows=windows_with(w3=["general"], w4=["general"]), services=[]))
    assert hall.ticket(ticket).window_number == 4
    assert hall.read(lambda rx: rx.hall.file_version) == 1


def test_a_reload_cannot_remove_a_window_in_use(hall: Scene) -> None:
    hall.open(2)
    rows = [w for w in windows_with() if w["number"] != 2]
    with pytest.raises(supervising.ReloadWindowInUse, match="2"):
        hall.reload(small_hall(windows=rows))
    hall.close(2)
    hall.reload(small_hall(windows=rows))
    assert [w["number"] for w in hall.read(hall_view)["windows"]] == [1, 3, 4, 5, 6]


def test_a_reload_counts_everybody_whose_window_changed(hall: Scene) -> None:
    hall.open(4)
    waiting = hall.take("general")
    assert waiting.window_number is None
    reloaded = hall.reload(small_hall(windows=windows_with(w4=["house", "general"])))
    assert reloaded.rehomed == 1 and hall.ticket(waiting).window_number == 4


def test_a_stop_goes_with_its_section(hall: Scene) -> None:
    hall.write(supervising.stop_issuing, supervising.StopRequest(MANAGER, "pickup", "取件系统故障"))
    file = small_hall(
        sections=[s.model_dump() for s in small_hall().sections if s.id != "pickup"],
        items=[i.model_dump() for i in small_hall().items if i.section != "pickup"],
        windows=windows_with(w5=["general"]),
    )
    hall.reload(file)
    assert hall.read(board_view)["stops"] == []


def test_reloading_the_same_file_changes_nothing(hall: Scene) -> None:
    assert hall.reload(small_hall()).changes == ()


def test_an_item_that_ended_is_not_offered_and_its_waiting_people_go_to_the_section(hall: Scene) -> None:
    from server.domain.hall import ItemNotOffered

    hall.open(6, 1)
    ticket = hall.take(item="passport")
    hall.reload(small_hall(services=[], windows=windows_with(w6=["general"])))
    assert hall.ticket(ticket).window_number == 6
    gone = small_hall(services=[{"item": "id-card", "windows": [1], "to_date": "2020-01-01"}])
    hall.reload(gone)
    with pytest.raises(ItemNotOffered):
        hall.take(item="id-card")


def test_forgotten_servings_raise_an_alarm_and_are_ended_without_teaching(hall: Scene) -> None:
    hall.open(1)
    ticket = hall.take(item="id-card")
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=61)
    hall.tick()
    assert [a.kind for a in hall.read(lambda rx: rx.alarms.current())] == ["forgotten_serving"]
    ended = hall.write(supervising.clear_forgotten, supervising.ClearRequest(MANAGER))
    assert [t.id for t in ended] == [ticket.id] and hall.ticket(ticket).end_reason == "清场"
    assert hall.read(lambda rx: rx.learned.seen("item:id-card")) == (0, 0)
    hall.tick()
    assert hall.read(lambda rx: rx.alarms.current()) == []


def test_time_parked_does_not_make_a_serving_forgotten(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.next(1)
    hall.start(1)
    hall.wait(minutes=10)
    hall.park(1)
    hall.wait(minutes=55)
    hall.unpark(1)
    assert hall.read(lambda rx: supervising.forgotten(rx, rx.now)) == []
    hall.wait(minutes=50)
    assert len(hall.read(lambda rx: supervising.forgotten(rx, rx.now))) == 1


def test_a_deserted_window_raises_an_alarm_in_words(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.wait(minutes=11)
    hall.tick()
    alarms = hall.read(manager_view)["alarms"]
    assert "1号窗口开着却长时间无人操作，1 人在等" in alarms[0]["zh"]


def test_a_quiet_window_is_not_deserted_the_moment_somebody_comes(hall: Scene) -> None:
    hall.open(1)
    hall.wait(minutes=30)
    hall.take()
    hall.tick()
    assert hall.read(lambda rx: rx.alarms.current()) == []
    hall.wait(minutes=11)
    hall.tick()
    assert [a.kind for a in hall.read(lambda rx: rx.alarms.current())] == ["deserted_window"]


def test_a_stop_needs_a_sentence(hall: Scene) -> None:
    with pytest.raises(supervising.StopMessageMissing):
        hall.write(supervising.stop_issuing, supervising.StopRequest(MANAGER, None, "  "))
    with pytest.raises(supervising.NotStopped):
        hall.write(supervising.resume_issuing, supervising.StopRequest(MANAGER, None))


def test_the_board_shows_the_last_calls_newest_first_and_nothing_personal(hall: Scene) -> None:
    hall.open(1, 2)
    for _ in range(3):
        hall.take(phone=None)
    hall.take("house", phone="13812341234")
    hall.next(1)
    hall.wait(seconds=2)
    hall.next(2)
    board = hall.read(board_view)
    assert [c["number"] for c in board["calls"]] == ["A002", "A001"]
    assert board["waiting"] == {"general": 1, "house": 1, "pickup": 0}
    assert next(w for w in board["windows"] if w["number"] == 2)["ticket"] == "A002"
    assert "138" not in str(hall.read(snapshot_view)["board"])


def test_items_are_found_by_words_and_by_initials(hall: Scene) -> None:
    rows = [i.model_dump() for i in small_hall().items]
    rows[2]["initials"] = "bdczydj"
    hall.reload(small_hall(items=rows))
    assert [i["id"] for i in hall.read(items_view, "bdc")["items"]] == ["transfer"]
    assert [i["id"] for i in hall.read(items_view, "护照")["items"]] == ["passport"]
    assert hall.read(items_view, "没有")["items"] == []


def test_the_manager_sees_lines_longest_wait_and_totals(hall: Scene) -> None:
    hall.open(1)
    hall.take()
    hall.take()
    hall.wait(minutes=7)
    hall.next(1)
    seen = hall.read(manager_view)
    general = next(s for s in seen["sections"] if s["id"] == "general")
    assert general["waiting"] == 1 and general["longest_wait_minutes"] == 7
    assert seen["totals"]["taken"] == 2 and seen["totals"]["waiting"] == 1
    assert next(w for w in seen["windows"] if w["number"] == 1)["ticket"]["number"] == "A001"


def test_new_minutes_of_an_item_count_for_those_who_wait(hall: Scene) -> None:
    hall.open(1)
    waiting = hall.take(item="id-card")
    rows = [i.model_dump() for i in small_hall().items]
    rows[0]["minutes"] = 90
    hall.reload(small_hall(items=rows))
    assert hall.ticket(waiting).seconds == 5400
    hall.check_counters()


def test_a_file_of_another_hall_is_not_loaded_over_this_one(hall: Scene) -> None:
    with pytest.raises(supervising.HallIdChanged):
        hall.reload(small_hall(hall={"id": "elsewhere"}))


def test_what_a_reload_changed_can_be_read(hall: Scene) -> None:
    weekly = {d: ["08:30-12:00", "13:30-17:00"] for d in range(4)} | {4: ["08:30-12:00"]}
    text = "请{number}号到{window}办理，带好身份证。"
    called = {"template_id": "T4", "text": text}
    changes = hall.reload(small_hall(hours={"weekly": weekly}, sms={"called": called})).changes
    assert [c.zh for c in changes] == [
        "开放时间 weekly.fri：08:30-12:00、13:30-17:00 → 08:30-12:00",
        "短信 called.text：请{number}号到{window}办理。 → 请{number}号到{window}办理，带好身份证。",
    ]
