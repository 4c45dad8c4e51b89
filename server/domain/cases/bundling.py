"""一件事: the materials of several items in one list without doubles, and the way back from it to each item's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def joined(parts: Sequence[tuple[str, Sequence[Material]]]) -> list[Shared]:
    """The joint list of (item, its materials): same name, form and medium are one; the most copies; each checkpoint once.

    It may follow later (容缺) only if every item lets it.
    """
    groups: dict[tuple[str, str, str], list[tuple[str, Material]]] = {}
    for item, materials in parts:
        for one in materials:
            groups.setdefault((one.name, one.form, one.medium), []).append((item, one))
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
