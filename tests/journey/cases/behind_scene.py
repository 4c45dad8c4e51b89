"""A small hall with departments behind it: from a number to an accepted case, and short names for what follows."""

from __future__ import annotations

from typing import Any

from server.domain.actor import Actor, Role
from server.domain.cases.form import BasicForm
from server.domain.cases.intake import Deferral
from server.domain.cases.record import Case
from server.domain.cases.state import CaseState
from server.journey.cases import (
    approving,
    at_once,
    authorizing,
    clockwork,
    collecting,
    drafting,
    handing_over,
    intake,
    opening,
    suspending,
)
from server.journey.cases.board_numbers import number_of
from server.journey.catalogue.holidays import ImportHolidays, import_holidays
from server.store.handovers import Handover
from server.store.results import Result
from server.store.tasks import Task
from tests.journey.catalogue_scene import ADMIN, POLICE, material, ready
from tests.scene import MANAGER, Scene, clerk

TAX = "市税务局"
ISSUE_WINDOW = 5
PHONE = "13812341234"
APPROVER = Actor("staff:police.approver", "雷鸣", frozenset({Role.APPROVER}), department=POLICE)
HEAD = Actor("staff:police.head", "关勇", frozenset({Role.HEAD}), department=POLICE)
COLLEAGUE = Actor("staff:police.second", "钟勇", frozenset({Role.APPROVER}), department=POLICE)
TAX_APPROVER = Actor("staff:tax.approver", "安宁", frozenset({Role.APPROVER}), department=TAX)
# Of the published years what the tests touch: no holiday between 8 October and New Year.
YEAR_2026 = {"year": 2026, "days": [{"name": "国庆节", "date": f"2026-10-0{n}", "isOffDay": True} for n in range(1, 8)]}
YEAR_2027 = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}
PERSON = BasicForm(
    name="张三", id_number="330802199001011232", contact_name="张三", contact_phone=PHONE, project_name="关于申请",
)  # fmt: skip
BY_POST = PERSON.model_copy(
    update={
        "courier": True, "recipient_name": "张三", "recipient_phone": PHONE, "province": "浙江省", "city": "衢州市",
        "district": "柯城区", "recipient_address": "荷花路1号3单元",
    }
)  # fmt: skip


class Behind:
    """The hall at 9 on Monday 2026-11-23, window 1 open, an item of two departments published."""

    def __init__(self, hall: Scene) -> None:
        self.hall = hall
        hall.clock.now = 1_795_395_600_000_000
        for year in (YEAR_2026, YEAR_2027):
            hall.write(import_holidays, ImportHolidays(ADMIN, year))
        hall.open(1, ISSUE_WINDOW)

    def publish(self, item: str = "joint", joint: tuple[str, ...] = (TAX,), **more: Any) -> None:
        plain = {"start": "all", "questions": [], "situations": [{"id": "all", "name": "全部情形"}], "promised_days": 5}
        later = not str(more.get("kind", "")).startswith("instant")
        materials = [material("household", "户口簿"), material("photo", "相片回执", deferrable=later)]
        said = {
            "name": "居住登记",
            "always": ["household", "photo"],
            "result": "居住证",
            "joint_departments": list(joint),
        }
        ready(self.hall, item, **{**plain, **said, "materials": materials, **more})

    def accepted(
        self, item: str = "joint", form: BasicForm = PERSON, deferral: Deferral | None = None, window: int = 1
    ) -> Case:
        """A visit that opened one case, taken in."""
        hall = self.hall
        hall.take("general")
        hall.next(window)
        hall.start(window)
        case = hall.write(opening.open_case, opening.OpenRequest(clerk(window), window, item))
        ticks = {("household", "p1")} | (set() if deferral else {("photo", "p1")})
        draft = drafting.DraftRequest(clerk(window), case.id, case.revision, ticks=frozenset(ticks), form=form)
        case = hall.write(drafting.save_draft, draft)
        case = hall.write(intake.accept, intake.AcceptRequest(clerk(window), case.id, case.revision, deferral))
        hall.finish(window)
        return case

    def case(self, case: Case) -> Case:
        return self.hall.read(lambda rx: rx.cases.get(case.id))

    def number(self, case: Case) -> str:
        return self.hall.read(lambda rx: number_of(rx, case))

    def task(self, case: Case, department: str = POLICE) -> Task:
        found = self.hall.read(lambda rx: rx.tasks.of_case(case.id))
        return next(one for one in found if one.department == department)

    def tick(self) -> None:
        """What the housekeeper does when there is something to do."""
        if self.hall.read(clockwork.due):
            self.hall.write(clockwork.tick, None)

    def lists(self, direction: str = "department") -> list[Handover]:
        found = self.hall.read(lambda rx: rx.handovers.current(rx.rules.day.isoformat()))
        return [one for one in found if one.direction == direction]

    def send(self, made: Handover, by: Actor = clerk(1)) -> Handover:
        return self.hall.write(handing_over.send, handing_over.SignRequest(by, made.id))

    def receive(self, made: Handover, by: Actor, *there: Case, missing: dict[int, str] | None = None) -> Handover:
        said = {case.id: (True, "") for case in there} | {key: (False, why) for key, why in (missing or {}).items()}
        return self.hall.write(handing_over.receive, handing_over.SignRequest(by, made.id, said))

    def at_departments(self, case: Case) -> Case:
        """Its papers are carried to every department and signed for."""
        self.tick()
        who = {POLICE: APPROVER, TAX: TAX_APPROVER}
        for made in self.lists():
            lines = self.hall.read(lambda rx, made=made: rx.handovers.lines(made.id))
            if made.state == "open" and any(line.case_id == case.id for line in lines):
                self.send(made)
                self.receive(made, who[made.department], *[self.by_id(line.case_id) for line in lines])
        return self.case(case)

    def by_id(self, case_id: int) -> Case:
        return self.hall.read(lambda rx: rx.cases.get(case_id))

    def decide(self, case: Case, by: Actor = APPROVER, approve: bool = True, *reasons: str) -> Task:
        task = self.task(case, by.department)
        return self.hall.write(approving.decide, approving.DecideRequest(by, task.id, approve, "同意", reasons))

    def suspend(self, case: Case, kind: str = "hearing", by: Actor = APPROVER) -> Case:
        request = suspending.SuspendRequest(by, self.task(case, by.department).id, kind, "利害关系人申请听证")
        return self.hall.write(suspending.suspend, request)

    def resume(self, case: Case, by: Actor = APPROVER) -> Case:
        return self.hall.write(suspending.resume, approving.TaskRequest(by, self.task(case, by.department).id))

    def approved(self, form: BasicForm = PERSON) -> Case:
        case = self.at_departments(self.accepted(form=form))
        self.decide(case, APPROVER)
        self.decide(case, TAX_APPROVER)
        return self.case(case)

    def at_issue(self, form: BasicForm = PERSON) -> Case:
        """Approved, and its result on a shelf."""
        case = self.approved(form)
        made = self.hall.write(handing_over.make, handing_over.MakeRequest(APPROVER, POLICE, "issue", (case.id,)))
        self.receive(made, clerk(ISSUE_WINDOW), case)
        return self.case(case)

    def decided_at_once(self, item: str = "at-once") -> Case:
        """即办件，前台一人通办: approved at window 1 by its clerk, whom the department has authorized."""
        self.publish(item, joint=(), kind="instant_single", promised_days=0)
        self.hall.write(lambda tx, name, now: tx.staff.add(name, name, ["clerk"], [], "hash"), "clerk1")
        day = self.hall.read(lambda rx: rx.rules.day)
        document = authorizing.AuthorizeRequest(HEAD, POLICE, "clerk1", (item,), "委托书〔2026〕3号", day)
        self.hall.write(authorizing.authorize, document)
        case = self.accepted(item)
        return self.hall.write(at_once.decide_at_once, at_once.AtOnceRequest(clerk(1), case.id, 1))

    def result(self, case: Case) -> Result:
        found = self.hall.read(lambda rx: rx.results.find(case.id))
        assert found is not None
        return found

    def pickup(self, case: Case) -> str:
        box = self.result(case).pickup_box
        return self.hall.read(lambda rx: rx.vault.open(box))

    def collect(self, case: Case, **more: Any) -> Any:
        wanted = {"window": ISSUE_WINDOW, "collector": "张三", "unsigned_reason": "签名板损坏", **more}
        return self.hall.write(
            collecting.collect, collecting.CollectRequest(clerk(wanted["window"]), case.id, **wanted)
        )

    def sms(self, case: Case) -> list[str]:
        """The kinds written to the case's citizen, in order."""
        rows = self.hall.read(
            lambda rx: rx.db.all(
                "SELECT kind FROM notices WHERE hall_id = ? AND subject = 'case' AND ticket_id = ? ORDER BY id",
                (rx.hall_id, case.id),
            )
        )
        return [row[0] for row in rows]

    def alarms(self, kind: str) -> list[dict[str, Any]]:
        found = self.hall.read(lambda rx: rx.alarms.current())
        return [{"subject": alarm.subject, **alarm.data} for alarm in found if alarm.kind == kind]

    def to(self, day: str, clock: str) -> None:
        """Let time pass until then, on the hall's clock."""
        from datetime import datetime
        from zoneinfo import ZoneInfo

        when = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        micro = int(when.timestamp()) * 1_000_000
        assert micro >= self.hall.clock.now, "time does not run backwards"
        self.hall.clock.now = micro


S = CaseState
__all__ = [
    "APPROVER",
    "BY_POST",
    "COLLEAGUE",
    "HEAD",
    "MANAGER",
    "PERSON",
    "POLICE",
    "TAX",
    "TAX_APPROVER",
    "Behind",
    "S",
]
