"""Sending results by courier: gateways (one file each) and the sender, which nothing in the hall waits for."""

from __future__ import annotations

import time
from collections.abc import Callable

from config.settings import Settings
from server.couriers.gateway import CourierGateway

__all__ = ["build_courier"]

PARCELS_FILE = "parcels.jsonl"


def build_courier(settings: Settings, clock: Callable[[], int] = lambda: time.time_ns() // 1000) -> CourierGateway:
    """The gateway the settings name. Raises ValueError with a sentence for what is missing or wrong.

    `clock` gives microseconds UTC.
    """
    if settings.courier_gateway == "http":
        from server.couriers.generic_http import GenericHttpCourier

        if settings.courier_http_file is None:
            raise ValueError(
                "快递网关 http 需要 YICHUANG_COURIER_HTTP_FILE / the http courier needs YICHUANG_COURIER_HTTP_FILE"
            )
        return GenericHttpCourier.from_file(settings.courier_http_file)
    from server.couriers.file import FileCourier

    return FileCourier(settings.data_dir / PARCELS_FILE, clock)
