"""The catalogue over HTTP: from a department's draft to the citizen's exact list and the kiosk's item."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from server.domain.catalogue.model import ItemVersion
from server.store.catalogue_rows import Node
from tests.journey.catalogue_scene import body
from tests.web.conftest import Hall, code

POLICE = "市公安局"
ITEM = "id-lost-card"
ONE = f"/catalogue/items/{ITEM}/versions/1"
HIGH = dict.fromkeys(("naming", "situations", "materials", "checkpoints", "attributes"), "high")
PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 100
on_both_stores = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)


def written(**changes: Any) -> dict[str, Any]:
    return body(section="police", **changes).model_dump(mode="json")


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


def drafted(hall: Hall, **changes: Any) -> dict[str, Any]:
    """The item with a saved draft."""
    node = {"id": ITEM, "name": "居民身份证补领", "department": POLICE, "is_item": True}
    ok(hall.post("/catalogue/nodes", node, by="police.editor"), 201)
    ok(hall.post(f"/catalogue/items/{ITEM}/versions", by="police.editor"), 201)
    return dict(ok(hall.post(f"{ONE}/save", {"revision": 1, "body": written(**changes)}, by="police.editor")))


def comprehensive(hall: Hall, count: int = 3) -> list[int]:
    """Open so many comprehensive windows of the item's section, each by its own clerk."""
    found = [w.number for w in hall.app.hall.windows if "police" in w.sections][:count]
    for number in found:
        ok(hall.post(f"/windows/{number}/open", by=f"clerk{number}"))
    return found


def published(hall: Hall, **changes: Any) -> None:
    """The whole way: draft, two reviewers, three windows, head."""
    revision = drafted(hall, **changes)["revision"]
    ok(hall.post(f"{ONE}/submit", {"revision": revision, "reviewers": ["tax.editor", "manager"]}, by="police.editor"))
    for name in ("tax.editor", "manager"):
        ok(hall.post(f"{ONE}/reviews", {"grades": HIGH}, by=name))
    for number in comprehensive(hall):
        ok(hall.post(f"{ONE}/trials", {"window": number}, by=f"clerk{number}"))
    ok(hall.post(f"{ONE}/publish", by="police.head"))


SAID = {
    "guide": "照相馆的回执有二维码。", "conditions": "本市户籍", "basis": "《居民身份证法》第十一条", "result": "居民身份证",
    "refusal_reasons": ["不是本市户籍"],
}  # fmt: skip


@on_both_stores
def test_what_a_department_publishes_is_at_once_the_kiosks_item_and_the_citizens_list(hall: Hall) -> None:
    published(hall, **SAID)
    (item,) = ok(hall.get("/items?q=jmsfzbl"))["items"]
    assert (item["id"], item["name"], item["offered"]) == (ITEM, "居民身份证补领", True)
    (found,) = ok(hall.get("/catalogue/search?q=sfzbl"))["items"]
    assert (found["version"], found["asks"], found["frequency"]) == (1, 1, "low")
    step = ok(hall.post(f"/catalogue/items/{ITEM}/walk", {}))
    assert (step["question"]["id"], step["situation"]) == ("photo-taken", None)
    end = ok(hall.post(f"/catalogue/items/{ITEM}/walk", {"answers": {"photo-taken": ["yes"]}}))
    assert (end["question"], end["situation"]["name"]) == (None, "自带相片")
    assert [one["name"] for one in end["materials"]] == ["户口簿", "相片回执"]
    assert end["answered"][0]["chosen_text"] == ["是"]
    sheet = ok(hall.post(f"/catalogue/items/{ITEM}/guide", {"answers": {"photo-taken": ["no"]}}))
    assert sheet["windows"] and sheet["today"] and sheet["promise"]["provisional"]
    assert [one["name"] for one in sheet["materials"]] == ["户口簿"]
    ticket = hall.take(item=ITEM)
    assert ticket["item_name"] == "居民身份证补领"
    assert {node["id"] for node in ok(hall.get("/catalogue/tree"))["nodes"]} == {ITEM}
    whole = ok(hall.get(f"/catalogue/items/{ITEM}"))
    assert whole["questions"][0]["kind"] == "condition"
    assert SAID.items() <= whole.items() and SAID.items() <= sheet["about"].items()


def test_an_answer_the_question_does_not_have_and_an_item_never_published_are_refused(hall: Hall) -> None:
    drafted(hall)
    assert code(hall.get(f"/catalogue/items/{ITEM}")) == "item_not_published"
    assert code(hall.post(f"/catalogue/items/{ITEM}/walk", {})) == "item_not_published"
    assert ok(hall.get("/catalogue/tree")) == {"nodes": []}
    preview = hall.post(f"{ONE}/walk", {"answers": {"photo-taken": ["maybe"]}}, by="police.editor")
    assert code(preview) == "answer_unknown"
    assert ok(hall.post(f"{ONE}/walk", {}, by="police.editor"))["question"]["id"] == "photo-taken"


def test_a_draft_whose_questions_lead_nowhere_is_saved_and_its_preview_names_the_place(hall: Hall) -> None:
    drafted(hall)
    broken = written()
    broken["questions"][0]["options"][0]["next"] = "gone"
    kept = ok(hall.post(f"{ONE}/save", {"revision": 2, "body": broken}, by="police.editor"))
    assert "不存在的 gone" in kept["faults"][0]["zh"] and kept["faults"][0]["place"].endswith("→“是”")
    assert code(hall.post(f"{ONE}/walk", {}, by="police.editor")) == "item_has_faults"
    submitted = hall.post(f"{ONE}/submit", {"revision": 3, "reviewers": ["guide", "manager"]}, by="police.editor")
    assert code(submitted) == "item_has_faults"
    assert (submitted.json or {})["error"]["detail"]["faults"]


def test_two_editors_at_one_draft_lose_nothing_silently(hall: Hall) -> None:
    drafted(hall)
    late = hall.post(f"{ONE}/save", {"revision": 1, "body": written(minutes=5)}, by="police.editor")
    assert (late.status_code, code(late)) == (409, "draft_changed")
    again = ok(hall.get(ONE, by="police.editor"))
    assert (again["revision"], again["may"]["save"], again["may"]["try"]) == (2, True, False)


def test_a_field_that_is_wrong_in_a_draft_is_named(hall: Hall) -> None:
    drafted(hall)
    wrong = {**written(), "promised_days": -1}
    refused = hall.post(f"{ONE}/save", {"revision": 2, "body": wrong}, by="police.editor")
    assert code(refused) == "invalid_input" and "promised_days" in refused.text


def test_a_big_item_is_saved_and_other_requests_stay_small(hall: Hall) -> None:
    drafted(hall)
    point = {"text": "核" * 290}
    materials = [
        {
            "id": f"m{n}",
            "name": f"材料{n}",
            "source": "本人",
            "checkpoints": [{**point, "id": f"p{k}"} for k in range(8)],
        }
        for n in range(20)
    ]
    big = written(materials=[*written()["materials"], *materials], always=["household", *(f"m{n}" for n in range(20))])
    assert ok(hall.post(f"{ONE}/save", {"revision": 2, "body": big}, by="police.editor"))["revision"] == 3
    elsewhere = hall.post(f"{ONE}/submit", {"revision": 3, "reviewers": ["x" * 60] * 2000}, by="police.editor")
    assert elsewhere.status_code == 413


@pytest.mark.parametrize(
    ("by", "path", "sent"),
    [
        ("tax.editor", f"{ONE}/save", {"revision": 2, "body": written()}),
        ("tax.editor", f"{ONE}/drop", {"revision": 2}),
        ("tax.head", f"{ONE}/publish", {}),
        ("tax.editor", f"/catalogue/nodes/{ITEM}", {"name": "别人的"}),
    ],
)
def test_a_department_touches_no_other_departments_items(hall: Hall, by: str, path: str, sent: Any) -> None:
    drafted(hall)
    assert code(hall.post(path, sent, by=by)) == "not_your_department"


@pytest.mark.parametrize("by", ["guide", "clerk1", "police.approver", "kiosk"])
def test_only_editors_and_leaders_write(hall: Hall, by: str) -> None:
    drafted(hall)
    assert code(hall.post(f"{ONE}/drop", {"revision": 2}, by=by)) == "not_allowed"
    assert code(hall.get("/catalogue/nodes")) == "not_signed_in"


def test_the_inbox_shows_each_what_waits_and_the_tree_what_one_may(hall: Hall) -> None:
    revision = drafted(hall)["revision"]
    assert [one["name"] for one in ok(hall.get("/catalogue/inbox", by="police.editor"))["drafts"]] == ["居民身份证补领"]
    colleagues = ok(hall.get("/catalogue/reviewers?q=税务", by="police.editor"))["reviewers"]
    assert {one["username"] for one in colleagues} == {"tax.editor", "tax.approver", "tax.head"}
    ok(hall.post(f"{ONE}/submit", {"revision": revision, "reviewers": ["tax.editor", "manager"]}, by="police.editor"))
    assert len(ok(hall.get("/catalogue/inbox", by="manager"))["reviews"]) == 1
    back = {"grades": {**HIGH, "naming": "middle"}, "reasons": {"naming": "写全称"}}
    assert ok(hall.post(f"{ONE}/reviews", back, by="manager"))["stage"] == "draft"
    mine = {one["id"]: one for one in ok(hall.get("/catalogue/nodes", by="police.editor"))["nodes"]}[ITEM]
    assert (mine["may_write"], mine["may_publish"], mine["under_way"]["stage"]) == (True, False, "draft")
    assert [one["stage"] for one in ok(hall.get(f"/catalogue/items/{ITEM}/versions", by="guide"))["versions"]] == [
        "draft"
    ]


def test_a_request_for_a_change_is_answered_by_the_items_department_alone(hall: Hall) -> None:
    published(hall)
    wrong = {"flaw": "wrong", "about": "materials", "text": "户口簿应写明首页，电话 13857012345 可核实"}
    made = ok(hall.post(f"/catalogue/items/{ITEM}/adjustments", wrong, by="clerk18"), 201)
    assert (made["state"], made["may_answer"], made["due_day"]) == ("open", False, "2026-12-14")
    assert "13857012345" not in made["text"], "no number of a person is kept in the words"
    one = f"/catalogue/adjustments/{made['id']}"
    assert code(hall.post(f"{one}/accept", by="clerk18")) == "not_allowed"
    assert code(hall.post(f"{one}/accept", by="tax.head")) == "not_your_department"
    assert code(hall.post(f"{one}/refuse", {"answer": ""}, by="police.head")) == "adjustment_reason_missing"
    assert [one["id"] for one in ok(hall.get("/catalogue/inbox", by="police.editor"))["adjustments"]] == [made["id"]]
    taken = ok(hall.post(f"{one}/accept", by="police.editor"))
    assert (taken["state"], taken["draft"]) == ("accepted", 2)
    assert code(hall.post(f"{one}/refuse", {"answer": "不改"}, by="police.head")) == "adjustment_answered"
    (mine,) = ok(hall.get("/catalogue/inbox", by="clerk18"))["asked"]
    assert (mine["state"], mine["answered_by_name"]) == ("accepted", taken["answered_by_name"])
    assert [one["id"] for one in ok(hall.get(f"/catalogue/items/{ITEM}/adjustments", by="guide"))["adjustments"]] == [
        made["id"]
    ]
    assert code(hall.post("/catalogue/items/nothing/adjustments", wrong, by="guide")) == "catalogue_node_unknown"


def test_the_tree_is_sent_again_only_when_it_has_changed_for_whoever_asks(hall: Hall) -> None:
    first = hall.get("/catalogue/nodes", by="police.editor")
    seen = {"If-None-Match": first.headers["ETag"]}
    again = hall.get("/catalogue/nodes", by="police.editor", headers=seen)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
    drafted(hall)
    changed = hall.get("/catalogue/nodes", by="police.editor", headers=seen)
    assert changed.status_code == 200
    seen = {"If-None-Match": changed.headers["ETag"]}
    assert hall.get("/catalogue/nodes", by="tax.editor", headers=seen).status_code == 200, "others may do other things"
    mine = {one["id"]: one for one in ok(changed)["nodes"]}[ITEM]
    assert mine["under_way"]["initials"] == "jmsfzbl", "a draft is found by its initials before it is published"


def test_of_a_thousand_drafts_the_inbox_sends_the_first_and_how_many_there_are(hall: Hall) -> None:
    def written_by_import(tx: Any, _: Any, now: int) -> None:
        for number in range(30):
            node = Node(f"many-{number:02}", "", 1, number, f"事项{number}", "", "", POLICE, True, None)
            tx.catalogue.add_version(
                tx.catalogue.put_node(node).id, ItemVersion.model_validate(written()), "", "staff:admin"
            )

    hall.app.store.write(hall.app.hall_id, written_by_import, None)
    found = ok(hall.get("/catalogue/inbox", by="police.editor"))
    assert (len(found["drafts"]), found["counts"]["drafts"]) == (20, 30)
    assert ok(hall.get("/catalogue/inbox", by="tax.editor"))["counts"]["drafts"] == 0


def test_a_retired_item_is_gone_everywhere(hall: Hall) -> None:
    published(hall)
    assert hall.post(f"/catalogue/items/{ITEM}/retire", {"reason": "并入换领"}, by="police.head").status_code == 204
    assert ok(hall.get("/items?q=jmsfzbl"))["items"] == []
    assert code(hall.post("/tickets", {"item": ITEM}, by="kiosk")) == "item_unknown"


def test_a_screen_that_needs_no_items_is_sent_none(hall: Hall) -> None:
    whole, lean = ok(hall.get("/hall")), ok(hall.get("/hall?items=false"))
    assert whole["items"] and lean == {**whole, "items": []}


# ---- bundles, words, calendar, frequencies ----


def test_a_bundle_asks_each_items_questions_and_gives_one_list_without_doubles(hall: Hall) -> None:
    published(hall)
    other = {"id": "permit", "name": "临时居民身份证申领", "department": POLICE, "is_item": True}
    ok(hall.post("/catalogue/nodes", other, by="manager"), 201)
    put = {"id": "lost", "name": "证件丢了", "items": [ITEM, "permit"]}
    assert code(hall.post("/catalogue/bundles", put, by="police.editor")) == "not_allowed"
    assert code(hall.post("/catalogue/bundles", {**put, "items": [ITEM, ITEM]}, by="manager")) == "bundle_items_too_few"
    assert ok(hall.post("/catalogue/bundles", put, by="manager"), 201)["offered"] is False
    assert code(hall.post("/catalogue/bundles/lost/walk", {})) == "item_not_published"
    assert code(hall.post("/catalogue/bundles/none/walk", {})) == "bundle_unknown"


def test_the_words_of_the_pages_and_the_frequencies_are_there(hall: Hall) -> None:
    words = ok(hall.get("/catalogue/words"))
    assert {one["zh"] for one in words["kinds"]} >= {"承诺件"} and words["vague_words"]["等材料"]
    assert POLICE in words["departments"] and words["sections"]
    published(hall)
    (line,) = ok(hall.get("/catalogue/frequencies", by="clerk1"))["items"]
    assert (line["item"], line["cases"], line["frequency_zh"]) == (ITEM, 0, "低频")


def test_an_administrator_imports_the_holidays_and_everybody_sees_them(hall: Hall) -> None:
    file = {"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": True}]}
    assert code(hall.post("/holidays", {"file": file}, by="manager")) == "not_allowed"
    assert code(hall.post("/holidays", {"file": {"year": 2026}}, by="admin")) == "holiday_file_invalid"
    seen = ok(hall.post("/holidays", {"file": file}, by="admin"))
    assert seen["days"] == [{"date": "2026-01-01", "name": "元旦", "works": False}]
    assert ok(hall.get("/holidays"))["years"] == [2026]


# ---- files ----


def office(*parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return data.getvalue()


def upload(hall: Hall, data: bytes, name: str = "样例.png", by: str = "police.editor") -> Any:
    return hall.call("POST", f"/catalogue/items/{ITEM}/files", by=by, data=data, query_string={"name": name})


@on_both_stores
def test_a_sample_is_uploaded_shown_to_citizens_once_published_and_never_replaced(hall: Hall) -> None:
    drafted(hall)
    first = ok(upload(hall, PNG), 201)
    assert (first["name"], first["media_type"], first["bytes"], first["scan"]) == (
        "样例.png", "image/png", len(PNG), "unscanned")  # fmt: skip
    assert ok(upload(hall, PNG), 201)["id"] == first["id"], "the same file again is the same file"
    assert ok(upload(hall, PNG + b"2"), 201)["name"] == "样例-2.png"
    address = first["url"].removeprefix("/api/v1")
    assert code(hall.get(address)) == "file_unknown", "a draft's files are nobody's yet"
    shown = hall.get(address, by="police.editor")
    assert (shown.data, shown.mimetype) == (PNG, "image/png")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert len(ok(hall.get(f"/catalogue/items/{ITEM}/files", by="guide"))["files"]) == 2


def test_the_published_items_sample_is_everybodys(hall: Hall) -> None:
    materials = written()["materials"]
    materials[0]["sample"] = "样例.png"
    revision = drafted(hall, materials=materials)["revision"]
    address = ok(upload(hall, PNG), 201)["url"].removeprefix("/api/v1")
    ok(hall.post(f"{ONE}/submit", {"revision": revision, "reviewers": ["tax.editor", "manager"]}, by="police.editor"))
    for name in ("tax.editor", "manager"):
        ok(hall.post(f"{ONE}/reviews", {"grades": HIGH}, by=name))
    for number in comprehensive(hall):
        ok(hall.post(f"{ONE}/trials", {"window": number}, by=f"clerk{number}"))
    ok(hall.post(f"{ONE}/publish", by="police.head"))
    (material,) = [one for one in ok(hall.get(f"/catalogue/items/{ITEM}"))["materials"] if one["sample"]]
    assert material["sample_url"].removeprefix("/api/v1") == address
    assert hall.get(address).data == PNG


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"%PDF-1.7 ...", "application/pdf"),
        (office("[Content_Types].xml", "word/document.xml"), "wordprocessingml"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml"),
        (office("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    ],
)
def test_a_file_is_what_it_contains_whatever_its_name(hall: Hall, data: bytes, kind: str) -> None:
    drafted(hall)
    answer = ok(upload(hall, data, "../../etc/病毒.exe"), 201)
    assert kind in answer["media_type"]
    assert "/" not in answer["name"] and answer["name"].startswith("病毒.exe.")


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00 a program",
        b"<html><script>alert(1)</script>",
        b"PK\x03\x04 no archive",
        office("readme.txt"),
        office("word/document.xml", "word/vbaProject.bin"),
        b"GIF89a",
    ],
)
def test_anything_else_is_refused_by_its_content(hall: Hall, data: bytes) -> None:
    drafted(hall)
    refused = upload(hall, data, "照片.png")
    assert (refused.status_code, code(refused)) == (415, "file_type_refused")
    assert list((hall.app.settings.data_dir / "files").glob("*/*")) == []


def test_an_empty_and_a_too_large_file_are_refused_before_they_are_kept(hall: Hall) -> None:
    drafted(hall)
    assert code(upload(hall, b"")) == "file_empty"
    assert code(upload(hall, PNG + bytes(20 * 1024 * 1024))) == "file_too_large"
    assert code(upload(hall, PNG, by="tax.editor")) == "not_your_department"
