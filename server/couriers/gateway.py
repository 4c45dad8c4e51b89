"""What the sender asks of any courier. Errors are those of SMS gateways: Permanent, Passing, Unknown, CannotTell."""

from __future__ import annotations

from typing import Protocol

from server.domain.cases.parcel import Ordered, Parcel, Road


class CourierGateway(Protocol):
    """Safe for several callers at once."""

    name: str
    # Ordering again under the same reference gives the same waybill, never a second parcel.
    repeats_safely: bool
    # Touches the disk: call it through run_blocking.
    blocking: bool

    def order(self, parcel: Parcel) -> Ordered:
        """Ask for the parcel to be taken. Raises Permanent, Passing or Unknown."""
        ...

    def find(self, parcel: Parcel) -> Ordered | None:
        """An order of ours whose answer was lost; None: the courier does not have it. Raises CannotTell, Passing."""
        ...

    def track(self, reference: str, ordered: Ordered) -> Road:
        """Where the parcel is. Raises Passing, CannotTell."""
        ...

    def close(self) -> None: ...
