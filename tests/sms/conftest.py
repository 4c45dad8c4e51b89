"""A hall with one gateway: the real store and hall file, tickets put in by hand, time that moves when told to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from config.hall_file import HallFile, load_hall
from server.domain.masking import mask_phone
from server.store import Store, Tx
from server.store.notices import Notice
from sms.gateways.base import Gateway
from sms.gateways.twilio import CALLBACK_PATH, TwilioGateway
from sms.sender import Sender
from tests.sms.twilio_stand_in import ACCOUNT, SENDER, TOKEN, TwilioStandIn
from tests.store_fixtures import HALL, STORE_KINDS, FakeClock, make_store

PHONE = "13800001234"
DEMO = Path(__file__).parents[2] / "config" / "demo"


@cache
def demo_hall() -> HallFile:
    return load_hall(DEMO)


@dataclass
class Hall:
    """One hall in one store, with short words for what tests do to it."""

    store: Store
    clock: FakeClock
    senders: list[Sender] = field(default_factory=list)

    def ticket(self, phone: str | None = PHONE, state: str = "waiting") -> int:
        """A ticket as the journey leaves it; its id."""

        def add(tx: Tx, _: None, now: int) -> int:
            ticket_id = tx.new_id()
            tx.db.execute(
                "INSERT INTO tickets (hall_id, id, business_day, number, section, state, channel, queue_id, rank_at, seconds,"
                " phone_box, phone_mask, link, taken_by, taken_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (HALL, ticket_id, "2026-11-21", f"A{ticket_id:03d}", "company", state, "kiosk", 1, now, 60,
                 tx.vault.seal(phone) if phone else None, mask_phone(phone) if phone else None, f"link{ticket_id:08d}", "t", now),
            )  # fmt: skip
            return ticket_id

        return self.store.write(HALL, add)

    def change(self, ticket_id: int, *, phone: str | None = None, state: str | None = None) -> None:
        def change(tx: Tx, _: None, now: int) -> None:
            if phone:
                tx.db.execute(
                    "UPDATE tickets SET phone_box = ?, phone_mask = ? WHERE hall_id = ? AND id = ?",
                    (tx.vault.seal(phone), mask_phone(phone), HALL, ticket_id),
                )
            if state:
                tx.db.execute("UPDATE tickets SET state = ? WHERE hall_id = ? AND id = ?", (state, HALL, ticket_id))

        self.store.write(HALL, change)

    def notice(self, ticket_id: int, kind: str = "taken", **options: str) -> int | None:
        params = {"number": f"A{ticket_id:03d}", "window": "3", "ahead": "2", "minutes": "8", "section": "企业开办",
                  "link": f"http://hall.test/t/link{ticket_id:08d}"}  # fmt: skip

        def add(tx: Tx, _: None, now: int) -> int | None:
            return tx.notices.add(ticket_id, kind, params, **options)  # type: ignore[arg-type]

        return self.store.write(HALL, add)

    def write_one(self, kind: str = "taken", phone: str = PHONE) -> int:
        """A ticket with one notice; the notice's id."""
        made = self.notice(self.ticket(phone), kind)
        assert made is not None
        return made

    def see(self, notice_id: int) -> Notice:
        found = self.store.read(HALL, lambda rx: rx.notices.get(notice_id))
        assert found is not None
        return found

    def state(self, notice_id: int) -> str:
        return self.see(notice_id).state

    def alarms(self) -> list[str]:
        return [alarm.kind for alarm in self.store.read(HALL, lambda rx: rx.alarms.current())]

    def sender(self, gateway: Gateway, **options: bool) -> Sender:
        sender = Sender(self.store, HALL, gateway, self.clock, **options)  # type: ignore[arg-type]
        self.senders.append(sender)
        return sender


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def load_demo(tx: Tx, _: None, now: int) -> None:
    tx.halls.save(demo_hall(), "test")


@pytest.fixture(params=STORE_KINDS)
def hall(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[Hall]:
    with make_store(request.param, tmp_path / "data", clock) as store:
        store.write(HALL, load_demo)
        hall = Hall(store, clock)
        yield hall
        for sender in hall.senders:
            sender.stop(1)


@pytest.fixture
def twilio() -> Iterator[TwilioStandIn]:
    with TwilioStandIn() as stand_in:
        yield stand_in


@pytest.fixture
def gateway(twilio: TwilioStandIn) -> Iterator[TwilioGateway]:
    """Twilio's package, aimed at the stand-in; callbacks go to an address where nobody listens unless a test does."""
    made = TwilioGateway(
        ACCOUNT, TOKEN, SENDER, base_url=twilio.url, callback_url=f"http://127.0.0.1:9{CALLBACK_PATH}", timeout=0.5
    )
    yield made
    made.close()
