"""Step 1: a number is taken. The citizen leaves with a number, a place in line and a planned window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.hall_file import PriorityClass
from server.domain import identity, rank
from server.domain.actor import Actor
from server.domain.hours import check_issuing
from server.domain.masking import mask_phone
from server.domain.numbering import next_value, written
from server.domain.promise import Outlook
from server.domain.reason import Reason
from server.domain.refusals import Refusal
from server.domain.ticket import State, Ticket
from server.journey import line, notify, outlook
from server.journey.cases import prechecking
from server.journey.step import begin_day
from server.journey.words import tell
from server.store.transaction import Tx


class ChoiceMissing(Refusal):
    status, code = 422, "choice_missing"
    zh = "请先选择板块或事项，再取号。"
    en = "Please choose a section or an item first."


class ItemElsewhere(Refusal):
    status, code = 422, "item_elsewhere"
    zh = "“{item}”不属于“{section}”，请只选择事项，或选择它所在的板块。"
    en = "“{item}” is not in “{section}”. Choose the item alone, or its own section."


class IssuingStopped(Refusal):
    status, code = 409, "issuing_stopped"
    zh = "{stop_zh}"
    en = "{stop_en}"


class TooManyTickets(Refusal):
    status, code = 409, "too_many_tickets"
    zh = "这个手机号或身份证号已有 {count} 张未办的号票（{numbers}），请先办理或取消其中一张；确有需要请找导服台。"
    en = "This phone or ID already holds {count} live tickets ({numbers}). Finish or cancel one, or ask the guide desk."


class SameItemTwice(Refusal):
    status, code = 409, "same_item_twice"
    zh = "这个手机号或身份证号已为同一事项取了 {numbers} 号，无需再取；确有需要请找导服台。"
    en = "This phone or ID already holds {numbers} for the same matter. If you need another, ask the guide desk."


class PriorityUnknown(Refusal):
    status, code = 422, "priority_unknown"
    zh = "没有“{priority}”这类绿色通道，请从列表中选择。"
    en = "There is no green channel class “{priority}”. Please choose from the list."


class PriorityNotAllowed(Refusal):
    status, code = 403, "priority_not_allowed"
    zh = "绿色通道由导服人员核实后办理，请到导服台；年满 {age} 周岁可凭身份证号直接取号。"
    en = "The green channel is granted at the guide desk; from age {age} an ID number is enough."


class ReasonMissing(Refusal):
    status, code = 422, "reason_missing"
    zh = "请填写理由后再提交。"
    en = "Please give a reason and try again."


class OverrideNotAllowed(Refusal):
    status, code = 403, "override_not_allowed"
    zh = "只有工作人员可以超限取号，请到导服台办理。"
    en = "Only staff may go past the limit. Please ask the guide desk."


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """What was chosen: a section, an item or a `bundle` (一件事), whose number is taken for its first item. `priority` is
    a class id and `reason` why it was granted; `override_reason` lifts the limits."""

    by: Actor
    section: str | None = None
    item: str | None = None
    phone: str | None = None
    channel: str = "kiosk"
    priority: str | None = None
    reason: str | None = None
    id_number: str | None = None
    override_reason: str | None = None
    bundle: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What the citizen showed, and the fingerprints they are known by: an ID number before a phone."""

    phone: str | None = None
    id_number: str | None = None
    phone_mark: str | None = None
    id_mark: str | None = None

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(mark for mark in (self.id_mark, self.phone_mark) if mark is not None)


NOBODY_KNOWN = Person()


def take_number(tx: Tx, request: TakeRequest, now: int) -> Ticket:
    """Issue a number and give it a window at once.

    It brings nobody nearer to their turn, so unlike other steps it looks for nobody to tell.
    Raises the refusals above, BundleUnknown, ItemNotPublished, PhoneInvalid and IdNumberInvalid before anything is issued, and
    IssuingClosed / FullForToday when the expected finish passes closing time.
    """
    begin_day(tx, now)
    section, item = _choice(tx, request)
    person = _person(tx, request)
    stop = tx.stops.of(section)
    if stop is not None:
        raise IssuingStopped(stop_zh=stop["message_zh"], stop_en=stop["message_en"])
    override = _check_limits(tx, request, person, section, item)
    able = tx.rules.able_windows(section, item)
    ticket = new_ticket(tx, request, section, item, person, now).but(
        override_reason=override, queue_id=tx.queues.id_for(able)
    )
    if request.bundle is not None:
        ticket = ticket.but(seconds=line.seconds_of_bundle(tx, request.bundle))
    ticket = _ranked(tx, request, ticket, person, now)
    ticket, expected = given_a_window(tx, ticket, now)
    hours = tx.rules.file.hours
    if hours.enforce:
        seconds = outlook.seconds_to_call(tx, ticket, expected) + ticket.seconds
        check_issuing(hours, now, tx.rules.zone, tx.rules.lunch_duty(able), seconds)
    ticket = issue(tx, ticket, expected)
    if request.bundle is not None:
        prechecking.begin_bundle(tx, request.by, ticket, request.bundle, now)
    return ticket


def _choice(tx: Tx, request: TakeRequest) -> tuple[str, str | None]:
    item_id = request.item if request.bundle is None else tx.bundles.get(request.bundle).items[0]
    if item_id is not None:
        item = tx.rules.item(item_id)
        if request.section is not None and request.section != item.section:
            raise ItemElsewhere(item=item.name, section=tx.rules.section(request.section).name)
        return item.section, item.id
    if request.section is None:
        raise ChoiceMissing()
    return tx.rules.section(request.section).id, None


def _person(tx: Tx, request: TakeRequest) -> Person:
    phone = None if request.phone is None else identity.phone_number(request.phone)
    number = identity.id_number(request.id_number) if request.id_number else None
    phone_mark, id_mark = (tx.vault.fingerprint(known) if known else None for known in (phone, number))
    return Person(phone, number, phone_mark, id_mark)


def _check_limits(tx: Tx, request: TakeRequest, person: Person, section: str, item: str | None) -> str | None:
    """The reason for which staff went past a limit; None where none was reached.

    Staff give it as `override_reason`, or as `reason` where no green channel class asks for one.
    """
    given = request.override_reason
    if given is not None and not request.by.is_staff:
        raise OverrideNotAllowed()
    if given is not None and not given.strip():
        raise ReasonMissing()
    if given is None and request.by.is_staff and request.priority is None:
        given = request.reason
    if not person.marks:
        return None
    try:
        check_holds(tx, tx.tickets.live_of_person(*person.marks), section, item)
    except (SameItemTwice, TooManyTickets):
        if not (given or "").strip():
            raise
        return given
    return None


def check_holds(tx: Tx, live: Sequence[Ticket], section: str, item: str | None) -> None:
    """May whoever holds these tickets hold one more, for this? Missed ones do not count.

    Raises SameItemTwice, TooManyTickets.
    """
    limits = tx.rules.file.limits
    live = [t for t in live if t.state != State.NO_SHOW]
    same = [t for t in live if (t.section, t.item) == (section, item)]
    if len(same) >= limits.per_item:
        raise SameItemTwice(numbers="、".join(t.number for t in same))
    if len(live) >= limits.per_phone:
        raise TooManyTickets(count=len(live), numbers="、".join(t.number for t in live))


def _next_number(tx: Tx, section: str) -> str:
    day = tx.rules.day.isoformat()
    letter, paper = tx.rules.section(section).letter, tx.rules.file.paper
    value = tx.numbers.next(day, section)
    reserved = (paper.first, paper.last)
    # A collision needs yesterday's ticket still in hand, so the live numbers are read only then.
    if reserved[0] <= value <= reserved[1] or tx.tickets.number_live(written(letter, value)):
        value = next_value(value - 1, letter, reserved, tx.tickets.live_numbers(letter))
        tx.numbers.put(day, section, value)
    return written(letter, value)


def new_ticket(
    tx: Tx, request: TakeRequest, section: str, item: str | None, person: Person, now: int, number: str | None = None
) -> Ticket:
    """A ticket taken `now`, with the section's next number unless it has one; not yet in a queue."""
    return Ticket(
        id=tx.new_id(),
        business_day=tx.rules.day.isoformat(),
        number=number or _next_number(tx, section),
        section=section,
        item=item,
        state=State.WAITING.value,
        channel=request.channel,
        queue_id=0,
        rank_at=now,
        seconds=line.expected_seconds(tx, section, item),
        link=tx.tokens(),
        taken_by=request.by.id,
        taken_at=now,
        person=person.id_mark or person.phone_mark,
        phone_hash=person.phone_mark,
        phone_box=tx.vault.seal(person.phone) if person.phone else None,
        phone_mask=mask_phone(person.phone) if person.phone else None,
    )


def _green_class(tx: Tx, request: TakeRequest, person: Person) -> PriorityClass | None:
    """The class asked for by staff with a reason, or had by age; a citizen cannot pick one."""
    age = -1 if person.id_number is None else identity.age_on(person.id_number, tx.rules.day)
    if request.priority is None:
        return tx.rules.class_for_age(age)
    chosen = tx.rules.priority_class(request.priority)
    if chosen is None:
        raise PriorityUnknown(priority=request.priority)
    if chosen.min_age is not None and age >= chosen.min_age:
        return chosen
    if not request.by.is_staff:
        ages = [c.min_age for c in tx.rules.file.priority.classes if c.min_age is not None]
        raise PriorityNotAllowed(age=min(ages, default=70))
    if not (request.reason or "").strip():
        raise ReasonMissing()
    return chosen


def _ranked(tx: Tx, request: TakeRequest, ticket: Ticket, person: Person, now: int) -> Ticket:
    """Set the ticket's place."""
    tx.numbers.add(ticket.business_day, ticket.section, "taken")
    chosen = _green_class(tx, request, person)
    if chosen is None:
        place = rank.ordinary(now)
        return ticket.but(rank_at=place.rank_at, rank_reason=place.reason.dump())
    priority = tx.rules.file.priority
    taken = tx.numbers.count(ticket.business_day, ticket.section, "taken")
    granted = tx.numbers.count(ticket.business_day, ticket.section, "green")
    capped = not rank.within_cap(granted, taken, priority.cap_share, priority.cap_floor)
    place = rank.green_channel(now, chosen.name, chosen.name_en, chosen.credit_minutes, chosen.first, capped)
    if place.granted:
        tx.numbers.add(ticket.business_day, ticket.section, "green")
    why = (request.reason or "").strip() or "凭身份证号核实年龄"
    tx.audit.add(
        request.by.id,
        "green_channel.granted" if place.granted else "green_channel.capped",
        f"ticket:{ticket.id}",
        {"class": chosen.id, "reason": why, "number": ticket.number},
    )
    return ticket.but(
        rank_at=place.rank_at,
        rank_reason=place.reason.dump(),
        priority=chosen.id,
        priority_reason=why,
        granted_by=request.by.id,
    )


def given_a_window(tx: Tx, ticket: Ticket, now: int) -> tuple[Ticket, Outlook]:
    """The ticket at the least loaded window, not counted in its line yet, and what its holder is told."""
    choice = line.choose(tx, ticket, now)
    ticket = ticket.but(
        window_number=choice.window, planned_window=choice.window, assigned_at=now, reason=choice.reason.dump()
    )
    return ticket, outlook.outlook_at_the_end(tx, ticket, counted=False)


def issue(tx: Tx, ticket: Ticket, expected: Outlook) -> Ticket:
    """Write the ticket, put it in its line and tell its holder."""
    soon_already = outlook.is_soon(tx, expected)
    busy = line.at_a_counter(tx, ticket)
    ticket = ticket.but(
        told_ahead=expected.ahead,
        told_seconds=expected.seconds,
        told=int(soon_already and not busy),
        held=int(busy),
    )
    tx.tickets.add(ticket)
    line.enter(tx, ticket)
    tell(tx, "taken", ticket, None, reason=Reason.load(ticket.reason), ahead=expected.ahead)
    notify.taken(tx, ticket, expected, soon_already and not busy)
    if ticket.override_reason:
        tx.audit.add(ticket.taken_by, "limit.overridden", f"ticket:{ticket.id}", {"reason": ticket.override_reason})
    return ticket
