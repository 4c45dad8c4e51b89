"""The small hall with items of every kind published, and short names for the steps of a case at window 1."""

from __future__ import annotations

from datetime import date
from typing import Any

from server.domain.actor import Actor, Role
from server.domain.cases.form import BasicForm
from server.domain.cases.intake import Deferral
from server.domain.cases.record import Case
from server.domain.catalogue.model import ItemVersion
from server.journey.cases import authorizing, correcting, drafting, intake, opening
from server.journey.catalogue import holidays, publishing, tree
from server.store.bundles import Bundle
from tests.scene import Scene, clerk

ADMIN = Actor("staff:admin", "管理员", frozenset({Role.ADMIN}))
FUND, POLICE, MARKET, HEALTH = "市公积金中心", "市公安局", "市市场监管局", "市卫健委"
APPROVER = Actor("staff:police.approver", "雷鸣", frozenset({Role.APPROVER}), department=POLICE)
HEAD = Actor("staff:police.head", "关勇", frozenset({Role.HEAD}), department=POLICE)

PERSON: dict[str, Any] = {
    "name": "张三丰",
    "id_number": "330102195001011236",
    "contact_name": "张三丰",
    "contact_phone": "13812341234",
}
YEAR_2026 = {
    "year": 2026,
    "days": [
        {"name": "国庆节", "date": "2026-10-01", "isOffDay": True},
        {"name": "特别假", "date": "2026-11-20", "isOffDay": True},
        {"name": "调休", "date": "2026-11-22", "isOffDay": False},
    ],
}
"""Friday the 20th off, Sunday the 22nd worked."""


def material(key: str, name: str, *points: str, **more: Any) -> dict[str, Any]:
    texts = points or (f"核对{name}的姓名",)
    checkpoints = [{"id": f"p{number}", "text": text} for number, text in enumerate(texts, 1)]
    return {"id": key, "name": name, "source": "申请人自备", "checkpoints": checkpoints, **more}


def item(name: str, kind: str, department: str, **more: Any) -> ItemVersion:
    """One situation and an ID card, unless `more` says otherwise."""
    instant = kind.startswith("instant")
    base: dict[str, Any] = {
        "name": name, "department": department, "section": "general", "kind": kind,
        "legal_days": 0 if instant else 15, "promised_days": 0 if instant else 5, "applicants": ["person"],
        "materials": [material("id-card", "身份证", "在有效期内", "与本人一致")], "always": ["id-card"],
        "situations": [{"id": "plain", "name": name}], "start": "plain",
        "refusal_reasons": ["不属于本中心缴存范围"],
    }  # fmt: skip
    return ItemVersion.model_validate({**base, **more})


LOAN = item(
    "公积金贷款",
    "commitment",
    FUND,
    materials=[
        material("id-card", "身份证", "在有效期内", "与本人一致"),
        material("bank-card", "银行卡", deferrable=True),
        material("deed", "不动产权证书"),
        material("contract", "购房合同"),
    ],
    always=["id-card", "bank-card"],
    questions=[
        {
            "id": "house",
            "text": "房屋类型",
            "options": [
                {"id": "new", "text": "新房", "adds": ["contract"], "next": "new-house"},
                {"id": "second", "text": "二手房", "adds": ["deed"], "next": "second-hand"},
            ],
        }
    ],
    situations=[{"id": "new-house", "name": "购买新房"}, {"id": "second-hand", "name": "购买二手房"}],
    start="house",
)
ITEMS: dict[str, ItemVersion] = {
    "loan": LOAN,
    "renew": item("居民身份证换领", "instant_single", POLICE),
    "permit": item("户口证明", "instant_handover", POLICE),
    "birth": item("生育登记", "online_full", HEALTH, materials=[material("photo", "结婚证照片", medium="either")], always=["photo"]),
    "impact": item("环评审批", "online_half", HEALTH),
    "signboard": item("户外招牌设置", "online_half", HEALTH, materials=[material("design", "设计图", medium="either"), material("model", "三维模型", medium="electronic"), material("deed", "产权证", medium="either", shared=True), material("id-card", "身份证"), material("opinion", "邻里意见", medium="either", deferrable=True)], always=["design", "model", "deed", "id-card", "opinion"]),
    "joint": item("联合选址", "commitment", MARKET, joint_departments=[HEALTH]),
    "shop": item("个体工商户设立", "commitment", MARKET, materials=[material("id-card", "身份证", "在有效期内"), material("lease", "租赁合同")], always=["id-card", "lease"]),
    "food": item("食品经营许可", "commitment", MARKET, promised_days=8, materials=[material("id", "身份证", "在有效期内", "正反面清晰"), material("plan", "平面图", deferrable=True)], always=["id", "plan"]),
}  # fmt: skip


class Cases:
    """A scene with the catalogue published and window 1 open."""

    def __init__(self, hall: Scene) -> None:
        self.hall = hall
        hall.write(self._publish, None)
        hall.write(holidays.import_holidays, holidays.ImportHolidays(ADMIN, YEAR_2026))
        hall.open(1)

    @staticmethod
    def _publish(tx: Any, _: Any, now: int) -> None:
        ready = []
        for key, body in ITEMS.items():
            add = tree.AddNode(ADMIN, key, body.name, department=body.department, is_item=True)
            tree.add_node(tx, add, now)
            ready.append(publishing.ReadyItem(key, body))
        publishing.publish_ready(tx, publishing.PublishReady(ADMIN, ready, "测试"), now)
        tx.bundles.put(Bundle("restaurant", "开一家小餐馆", "A small restaurant", ("shop", "food"), "", True), ADMIN.id)

    @property
    def me(self) -> Actor:
        return clerk(1)

    def visit(self, **more: Any) -> Any:
        """Somebody is being served at window 1."""
        ticket = self.hall.take(**more)
        self.hall.next(1)
        return self.hall.start(1) or ticket

    def open(self, item: str | None = "loan", **more: Any) -> Case:
        """From a new visit, unless somebody is at the window."""
        if self.hall.window(1).ticket_id is None:
            self.visit()
        return self.write(opening.open_case, opening.OpenRequest(self.me, 1, item, **more))

    def write(self, step: Any, request: Any) -> Any:
        return self.hall.write(step, request)

    def get(self, case: Case | int) -> Case:
        case_id = case if isinstance(case, int) else case.id
        return self.hall.read(lambda rx: rx.cases.get(case_id))

    def save(self, case: Case, **parts: Any) -> Case:
        by = parts.pop("by", self.me)
        form = parts.pop("form", None)
        if isinstance(form, dict):
            parts["form"] = BasicForm(**form)
        if "ticks" in parts:
            parts["ticks"] = frozenset(parts["ticks"])
        case = self.get(case)
        return self.write(drafting.save_draft, drafting.DraftRequest(by, case.id, case.revision, **parts))

    def all_ticks(self, case: Case) -> set[tuple[str, str]]:
        """Every checkpoint of the case's list, or of its joint list."""
        from server.journey.cases.items import joint_list, matters

        def read(rx: Any) -> set[tuple[str, str]]:
            found = matters(rx, rx.cases.get(case.id))
            materials = [one.material for one in joint_list(found)] if case.is_bundle else found[0].materials
            return {(one.id, point.id) for one in materials for point in one.checkpoints}

        return self.hall.read(read)

    def ready(self, item: str = "loan", *, without: str = "", **form: Any) -> Case:
        """A draft that can be accepted; `without`: a material that is not there."""
        case = self.open(item)
        answers = {"house": ["new"]} if item == "loan" else {}
        case = self.save(case, answers=answers, form={**PERSON, **form})
        return self.save(case, ticks={tick for tick in self.all_ticks(case) if tick[0] != without})

    def accept(self, case: Case, deferral: Deferral | None = None, by: Actor | None = None) -> Case:
        case = self.get(case)
        request = intake.AcceptRequest(by or self.me, case.id, case.revision, deferral)
        return self.get(self.write(intake.accept, request))

    def accepted(self, item: str = "loan", **form: Any) -> Case:
        return self.accept(self.ready(item, **form))

    def deferred(self, until: date | None = None) -> Case:
        """A loan taken in without the bank card."""
        case = self.ready(without="bank-card")
        return self.accept(case, Deferral("三个工作日内补交银行卡", until or date(2026, 11, 24)))

    def correct(self, case: Case, *items: tuple[str | None, str], by: Actor | None = None, reason: str = "") -> Case:
        wanted = tuple(correcting.Wanted(*one) for one in items or (("id-card", "已过有效期"),))
        return self.write(correcting.correct, correcting.CorrectionRequest(by or self.me, case.id, wanted, reason))

    def supplement(self, case: Case, *ticks: tuple[str, str]) -> Case:
        request = correcting.SupplementRequest(self.me, case.id, frozenset(ticks), "已补")
        return self.write(correcting.supplement, request)

    def authorize(self, item: str = "renew") -> None:
        """The police let clerk 1 decide at the window."""
        self.hall.write(lambda tx, _, now: tx.staff.add("clerk1", "1号窗口职员", ("clerk",), (), "-"), None)
        self.write(
            authorizing.authorize,
            authorizing.AuthorizeRequest(HEAD, POLICE, "clerk1", (item,), "委托〔2026〕1号", date(2026, 1, 1)),
        )

    def actions(self, case: Case) -> list[str]:
        return [one.action for one in self.hall.read(lambda rx: rx.cases.history(case.id))]

    def sms(self, case: Case) -> dict[str, str]:
        """kind → text of the case's SMS."""
        found = self.hall.read(lambda rx: rx.notices.of_ticket(case.id))
        return {one.kind: one.text for one in found}

    def next_day(self, days: int = 1) -> None:
        from server.journey.cases import overdue

        self.hall.wait(minutes=days * 24 * 60)
        if self.hall.read(overdue.due):
            self.hall.write(overdue.mind, None)
        assert not self.hall.read(overdue.due), "what was due is done"
