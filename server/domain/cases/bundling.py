"""一件事: the materials of several items in one list without doubles, and the way back from it to each item's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.domain.catalogue.model import Checkpoint, Material

Own = tuple[str, str, str]
"""(item, material, checkpoint) as the item itself calls them."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One material of the joint list. `of`: the items that want it; `own`: checkpoint → each item's own."""

    material: Material
    of: tuple[str, ...]
    own: Mapping[str, tuple[Own, ...]]


Parts = Sequence[tuple[str, Sequence[Material]]]
"""(item, its materials), in the order the items are applied for."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Items of a bundle want a material that another of its items makes: nobody brings it."""

    name: str
    made_by: str
    of: tuple[str, ...]


def makes(material: Material, before: Collection[str]) -> bool:
    """Is it the result of one of the items applied for `before` its own? Those after it come too late: no two parts
    ever wait for one another."""
    return material.result_of in before


def carried(parts: Parts) -> list[Carried]:
    """What the list leaves out, as an item of the bundle makes it; each once."""
    found: dict[tuple[str, str], list[str]] = {}
    before: set[str] = set()
    for item, materials in parts:
        for one in materials:
            if makes(one, before):
                found.setdefault((one.name, one.result_of), []).append(item)
        before.add(item)
    return [Carried(name, made_by, tuple(of)) for (name, made_by), of in found.items()]


def comes_too_late(parts: Parts) -> Carried | None:
    """The first material that an item applied for later makes: that item belongs before those that want it."""
    return next((one for one in carried(tuple(reversed(parts)))), None)


def days_waiting(own: int, results: Iterable[int]) -> int:
    """The limit, in working days from the acceptance, of a part that waits for other parts' results: its own as it was
    published, but never before the day after theirs (the same day where those are decided at once)."""
    return max([own, *(days + 1 for days in results if days)])


def joined(parts: Parts) -> list[Shared]:
    """The joint list of (item, its materials): same name, form and medium are one; the most copies; each checkpoint once.

    It may follow later (容缺) only if every item lets it. What another part makes is not in it.
    """
    groups: dict[tuple[str, str, str], list[tuple[str, Material]]] = {}
    before: set[str] = set()
    for item, materials in parts:
        for one in (each for each in materials if not makes(each, before)):
            groups.setdefault((one.name, one.form, one.medium), []).append((item, one))
        before.add(item)
    return [_shared(f"m{number}", group) for number, group in enumerate(groups.values(), 1)]


def _shared(key: str, group: list[tuple[str, Material]]) -> Shared:
    first = group[0][1]
    texts: dict[str, list[tuple[Own, Checkpoint]]] = {}
    for item, material in group:
        for point in material.checkpoints:
            texts.setdefault(point.text, []).append(((item, material.id, point.id), point))
    points, own = [], {}
    for number, found in enumerate(texts.values(), 1):
        place, point = found[0]
        # A mark lies on its own item's sample, and the first item's is shown.
        mark = point.mark if place[:2] == (group[0][0], first.id) else None
        points.append(point.model_copy(update={"id": f"c{number}", "mark": mark}))
        own[f"c{number}"] = tuple(place for place, _ in found)
    material = first.model_copy(
        update={
            "id": key,
            "copies": max(one.copies for _, one in group),
            "deferrable": all(one.deferrable for _, one in group),
            "shared": all(one.shared for _, one in group),
            "checkpoints": points,
        }
    )
    return Shared(material, tuple(dict.fromkeys(item for item, _ in group)), own)


def own_ticks(shared: Iterable[Shared], ticks: Iterable[tuple[str, str]]) -> dict[str, set[tuple[str, str]]]:
    """item → its own ticks, from ticks of the joint list. KeyError for one that is not in it."""
    places = {(one.material.id, point): own for one in shared for point, own in one.own.items()}
    found: dict[str, set[tuple[str, str]]] = {}
    for tick in ticks:
        for item, material, point in places[tick]:
            found.setdefault(item, set()).add((material, point))
    return found


def joint_ticks(shared: Iterable[Shared], ticks: Mapping[str, Iterable[tuple[str, str]]]) -> set[tuple[str, str]]:
    """Ticks of the joint list, from each item's own: a joint checkpoint is ticked when all of its own are."""
    have = {(item, *one) for item, some in ticks.items() for one in some}
    return {
        (one.material.id, point)
        for one in shared
        for point, own in one.own.items()
        if all(place in have for place in own)
    }
