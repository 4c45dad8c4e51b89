"""The demo hall begins with its items in force, with samples and blank forms; what people change afterwards stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from config.hall_file import HallFile, load_hall
from server.app import put_hall
from server.domain.actor import SYSTEM
from server.domain.catalogue.situations import walk
from server.imports.demo import load_demo
from server.journey.cases.authorizing import RevokeRequest, revoke
from server.journey.catalogue.publishing import PublishReady, ReadyItem, Retire, publish_ready, retire
from server.store import Store, Vault
from server.store.blobs import Blobs
from server.store.catalogue_rows import VersionRow
from tests.journey.catalogue_scene import ADMIN
from tests.store_fixtures import STORE_KINDS, FakeClock, make_store

DEMO = Path(__file__).parents[2] / "config/demo"


@dataclass
class Demo:
    store: Store
    hall: HallFile
    folder: Path
    blobs: Blobs

    @property
    def id(self) -> str:
        return self.hall.hall.id

    def start(self) -> int:
        return load_demo(self.store, self.id, self.hall, self.folder, self.blobs)

    def versions(self, item: str) -> list[VersionRow]:
        return self.store.read(self.id, lambda rx: rx.catalogue.versions(item))


@pytest.fixture(params=STORE_KINDS)
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Demo]:
    """The demo hall before its first start; three of its items, so that a test may change their files."""
    folder = tmp_path / "demo"
    (folder / "catalogue").mkdir(parents=True)
    for name in ("items.csv", "services.csv", "windows.csv", "hall.toml"):
        shutil.copy(DEMO / name, folder)
    shutil.copytree(DEMO / "holidays", folder / "holidays")
    for name in (
        "individual-new.json",
        "food-licence-new.json",
        "public-place-hygiene.json",
        "small-restaurant-bundle.json",
    ):
        shutil.copy(DEMO / "catalogue" / name, folder / "catalogue")
    for name in ("samples", "blanks"):
        shutil.copytree(DEMO / "catalogue" / name, folder / "catalogue" / name)
    with make_store(request.param, tmp_path, FakeClock()) as store:
        hall = load_hall(folder)
        store.ensure_hall(hall.hall.id)
        put_hall(store, hall.hall.id, hall)
        yield Demo(store, hall, folder, Blobs(tmp_path / "data", Vault(bytes(32))))


def test_the_first_start_puts_every_intake_item_in_force(demo: Demo) -> None:
    published = demo.start()
    intake = {section.id for section in demo.hall.sections if section.kind == "intake"}
    wanted = {item.id for item in demo.hall.items if item.section in intake}
    assert published == len(wanted) and len(wanted) > 100
    assert set(demo.store.read(demo.id, lambda rx: rx.rules.versions)) == wanted
    own = {item.id: item for item in demo.hall.items}
    items = demo.store.read(demo.id, lambda rx: rx.rules.items)
    assert items.keys() == own.keys(), "items of the pick-up windows stay as the hall file has them"
    assert items["fund-open"] == own["fund-open"], "a plain item says what it said"
    assert (
        "身份证" in items["individual-new"].bring and items["individual-new"].initials == own["individual-new"].initials
    )


def test_an_item_comes_with_its_samples_and_blank_forms_and_the_bundle_with_its_items(demo: Demo) -> None:
    demo.start()
    item = demo.versions("food-licence-new")[0].item
    files = {one.name: one for one in demo.store.read(demo.id, lambda rx: rx.files.of("item:food-licence-new"))}
    assert files.keys() == {name for one in item.materials for name in (one.sample, one.blank) if name}
    sample = files["floor-plan.png"]
    assert demo.blobs.read(sample.sha256) == (demo.folder / "catalogue/samples/floor-plan.png").read_bytes()
    assert sample.media_type == "image/png" and files["food-form.pdf"].media_type == "application/pdf"
    assert walk(item, {"category": ["sale"], "more-sale": []}).situation
    [bundle] = demo.store.read(demo.id, lambda rx: rx.bundles.all(active=True))
    assert bundle.name == "开一家小餐馆" and len(bundle.items) == 3


def test_the_second_start_finds_everything_there(demo: Demo) -> None:
    demo.start()
    before = demo.store.read(demo.id, lambda rx: (rx.hall.catalogue_version, rx.db.value("SELECT COUNT(*) FROM files")))
    assert demo.start() == 0
    assert demo.store.read(demo.id, lambda rx: (rx.hall.catalogue_version, rx.db.value("SELECT COUNT(*) FROM files"))) == before  # fmt: skip


def test_a_change_of_one_item_is_looked_at_once(demo: Demo) -> None:
    demo.start()
    file = demo.folder / "catalogue/individual-new.json"
    file.write_text(file.read_text("utf-8").replace('"minutes": 10', '"minutes": 20'), "utf-8")
    assert demo.start() == 1
    before = demo.store.batches
    assert demo.start() == 0 and demo.store.batches == before, "a start that finds nothing new writes nothing"


def test_a_changed_file_is_a_new_version_and_what_people_changed_stays(demo: Demo) -> None:
    demo.start()
    theirs = demo.versions("food-licence-new")[0].item.model_copy(update={"promised_days": 2})
    demo.store.write(demo.id, publish_ready, PublishReady(ADMIN, [ReadyItem("food-licence-new", theirs)], "改短"))
    tomorrow = demo.store.read(demo.id, lambda rx: rx.rules.day) + timedelta(days=1)
    demo.store.write(demo.id, retire, Retire(ADMIN, "public-place-hygiene", tomorrow))
    for name in ("individual-new", "food-licence-new", "public-place-hygiene"):
        file = demo.folder / f"catalogue/{name}.json"
        file.write_text(file.read_text("utf-8").replace('"minutes": 1', '"minutes": 2'), "utf-8")
    shutil.copy(demo.folder / "catalogue/samples/deed.png", demo.folder / "catalogue/samples/lease.png")
    assert demo.start() == 1
    assert [one.item.minutes for one in demo.versions("individual-new")] == [20, 10]
    assert demo.versions("food-licence-new")[0].item.promised_days == 2
    assert len(demo.versions("public-place-hygiene")) == 1, "it ends tomorrow, as was decided"
    [lease] = [
        one
        for one in demo.store.read(demo.id, lambda rx: rx.files.of("item:individual-new"))
        if one.name == "lease.png"
    ]
    assert demo.blobs.read(lease.sha256) == (demo.folder / "catalogue/samples/deed.png").read_bytes()


def test_the_years_holidays_are_known_and_next_years_are_not_guessed(demo: Demo) -> None:
    demo.start()
    days = demo.store.read(demo.id, lambda rx: rx.working_days())
    assert not days.works(date(2026, 10, 1)) and days.works(date(2026, 10, 10)), "a Saturday that is worked"
    due = days.due(date(2026, 12, 28), 5)
    assert due and due.provisional


def test_a_hall_that_is_no_demo_begins_empty(demo: Demo) -> None:
    demo.hall = demo.hall.model_copy(update={"demo": False})
    assert demo.start() == 0 and demo.store.read(demo.id, lambda rx: rx.catalogue.nodes()) == []
    assert SYSTEM.id == "system"


def test_clerks_of_the_demo_may_decide_what_their_windows_serve_and_what_is_revoked_stays_so(demo: Demo) -> None:
    shutil.copy(DEMO / "catalogue/licence-renew.json", demo.folder / "catalogue")
    clerk = "clerk25"  # the traffic police's own window, which serves items one by one
    demo.store.write(demo.id, lambda tx, _, now: tx.staff.add(clerk, "王芳", ("clerk",), (), "no password"))
    demo.start()
    [mine] = demo.store.read(demo.id, lambda rx: rx.authorizations.of_staff(clerk))
    assert (mine.department, mine.items) == ("市公安局", ("licence-renew",))
    demo.store.write(demo.id, revoke, RevokeRequest(SYSTEM, mine.id))
    file = demo.folder / "catalogue/licence-renew.json"
    file.write_text(file.read_text("utf-8").replace('"minutes": 7', '"minutes": 17'), "utf-8")
    assert demo.start() == 1
    [still] = demo.store.read(demo.id, lambda rx: rx.authorizations.of_staff(clerk))
    assert still.revoked_at is not None
