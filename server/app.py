"""The only place where the parts are wired together."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from config.hall_file import HallFile, load_hall
from config.settings import Settings
from display.announcer.announcer import Announcer
from display.announcer.checks import speaker_check, voice_checks
from display.announcer.routes import voice_routes
from display.announcer.speaker import Speaker
from display.checks import screen_checks
from display.led import Leds
from display.pages import blueprint as display_pages
from kiosk.pages import blueprint as kiosk_pages
from kiosk.phone_pages import blueprint as phone_pages
from kiosk.printer.checks import printer_checks
from kiosk.printer.printers import Printers
from server import concurrency
from server.access.first_start import Welcome, ensure_accounts
from server.access.gate import Access
from server.access.links import new_link
from server.couriers import build_courier
from server.couriers.sender import CourierSender
from server.domain.actor import SYSTEM, Role
from server.domain.refusals import Refusal
from server.garbage import Garbage
from server.housekeeper import Housekeeper
from server.imports.demo import load_demo
from server.journey.supervising import Reloaded, ReloadRequest, reload_hall
from server.realtime.envelope import NAMESPACE
from server.realtime.greeting import Greeter, Snapshots
from server.realtime.heard import Heard
from server.realtime.hub import Hub
from server.realtime.phones import Phones
from server.realtime.relay import Relay
from server.realtime.sockets import Sockets
from server.realtime.wake import Wake
from server.realtime.wire import Wire
from server.store.blobs import Blobs
from server.store.events import Event
from server.store.store import Store, open_store
from server.store.vault import load_vault
from server.web.checks import hall_checks, warn_untidied
from server.web.context import Services
from server.web.guard import client_address
from server.web.install import install_web, make_flask
from sms import build_gateway
from sms.gateways.base import Gateway
from sms.sender import Sender
from window_terminal.pages import blueprint as terminal_pages

log = logging.getLogger("yichuang")

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def now_us() -> int:
    """The wall clock, microseconds UTC."""
    return time.time_ns() // 1000


class WithoutDeflate:
    """Answer no to permessage-deflate: it costs half as much CPU again a message, and 100 kB a screen."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return self._app(environ, start_response)


@dataclass
class App:
    """One serving process. `start()` begins the tasks, `stop()` finishes what is under way and closes the store."""

    flask: Flask
    socketio: SocketIO
    store: Store
    hall_id: str
    hall: HallFile
    settings: Settings
    access: Access
    welcome: Welcome
    relay: Relay
    phones: Phones
    heard: Heard
    leds: Leds
    sockets: Sockets
    housekeeper: Housekeeper
    sender: Sender
    couriers: CourierSender
    printers: Printers
    garbage: Garbage
    announcer: Announcer
    speaker: Speaker | None = None
    wake: Wake | None = None

    def start(self) -> None:
        self.relay.start()
        self.phones.start()
        self.heard.start()
        self.leds.start()
        self.sockets.start()
        self.housekeeper.start()
        concurrency.spawn(self.sender.run)
        concurrency.spawn(self.couriers.run)
        self.printers.start(lambda: bool(self.hall.slip.printers))
        self.announcer.start()
        if self.speaker:
            self.speaker.start()
        if self.wake:
            self.store.on_commit(self.wake.tell)
            self.wake.start()

    def stop(self) -> None:
        """Commands under way are saved and answered; a message under way is waited for."""
        screens = (self.wake, self.sockets, self.heard, self.leds, self.phones, self.relay)
        for part in (
            *screens,
            self.housekeeper,
            self.speaker,
            self.announcer,
            self.sender,
            self.couriers,
            self.printers,
            self.garbage,
        ):
            if part:
                part.stop()
        self.store.close()
        concurrency.sleep(0.1)  # the last answers leave


def create_app(settings: Settings, *, clock: Callable[[], int] | None = None, gateway: Gateway | None = None) -> App:
    """A hall ready to start. Raises HallFileError for a bad hall file, Refusal when the store cannot be used."""
    clock = clock or now_us
    hall = load_hall(settings.hall_dir)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = open_store(
        data_dir=settings.data_dir,
        database_url=settings.database_url,
        clock=clock,
        vault=load_vault(settings.data_dir),
        tokens=new_link,
        link_base=settings.public_url.rstrip("/"),
    )
    hall_id = hall.hall.id
    store.ensure_hall(hall_id)
    warn_untidied(store, hall_id)
    hall = put_hall(store, hall_id, hall)
    welcome = ensure_accounts(store, hall_id, hall, settings)
    load_demo(store, hall_id, hall, settings.hall_dir, Blobs(settings.data_dir, load_vault(settings.data_dir)))
    access = Access(store, hall_id, settings, clock)
    alone = not settings.redis_url  # the one instance: what is half sent at the start was left by a crash
    sender = Sender(store, hall_id, gateway or build_gateway(settings, clock), clock, alone=alone)
    couriers = CourierSender(store, hall_id, build_courier(settings, clock), clock, alone=alone)

    flask = make_flask()
    socketio = make_socketio(flask)
    hub = Hub(Wire(socketio.server))
    snapshots = Snapshots(store, hall_id, clock)
    phones = Phones(store, hall_id, hub, clock)
    heard = Heard(store, hall_id, hub, clock)
    leds = Leds(store, hall_id)
    garbage = Garbage(lambda: hub.ended, clock)
    # Each hears every batch after the screens.
    listeners: list[Callable[[list[Event]], None]] = [
        phones.on_events,
        heard.on_events,
        leds.on_events,
        garbage.on_events,
    ]
    relay = Relay(
        store,
        hall_id,
        hub,
        snapshots,
        lambda events: _tell(listeners, events),
        told_by_others=bool(settings.redis_url),
    )
    wake = Wake(settings.redis_url, hall_id, relay.wake, heard.others_said) if settings.redis_url else None
    heard.say = wake.say if wake else None
    greeter = Greeter(store, hall_id, hub, snapshots)
    sockets = Sockets(store, hall_id, access, hub, greeter, phones, heard, client_address)
    sockets.install(socketio)
    printers = Printers(settings.data_dir / "slips", clock)
    services = Services(store, hall_id, settings, clock, access, hub, sender, printers)
    announcer, speaker = make_voice(services, hub, listeners)
    services.checks.append(lambda: printer_checks(services, printers))
    if speaker:
        heard.on_again.append(lambda event, area: speaker.on_events([event]))
    services.checks.append(lambda: screen_checks(heard, leds, services.hall_file()))
    install_web(flask, services)
    for pages in (kiosk_pages, phone_pages, display_pages, terminal_pages, voice_routes(announcer, speaker)):
        flask.register_blueprint(pages)
    flask.wsgi_app = WithoutDeflate(flask.wsgi_app)  # type: ignore[method-assign]
    housekeeper = Housekeeper(store, hall_id, services.blobs)
    return App(
        flask,
        socketio,
        store,
        hall_id,
        hall,
        settings,
        access,
        welcome,
        relay,
        phones,
        heard,
        leds,
        sockets,
        housekeeper,
        sender,
        couriers,
        printers,
        garbage,
        announcer,
        speaker,
        wake,
    )


def make_voice(
    services: Services, hub: Hub, listeners: list[Callable[[list[Event]], None]]
) -> tuple[Announcer, Speaker | None]:
    """The voice of the hall, and its speaker if one is set up; both hear what is committed and report to /health."""
    settings, clock = services.settings, services.clock
    announcer = Announcer(settings.data_dir, services.hall_file, clock, listened=lambda: hub.hears(Role.DISPLAY))
    listeners.append(announcer.on_events)
    speaker = None
    if settings.speaker:
        playing = settings.data_dir / "playing.wav"
        speaker = Speaker(settings.speaker, announcer, services.hall_file, clock, playing)
        listeners.append(speaker.on_events)
    services.announcer = announcer
    services.checks += [
        lambda: hall_checks(services),
        lambda: voice_checks(announcer),
        lambda: speaker_check(speaker),
    ]
    return announcer, speaker


def _tell(listeners: Iterable[Callable[[list[Event]], None]], events: list[Event]) -> None:
    """One that fails costs the others nothing: events are told once."""
    for listener in listeners:
        try:
            listener(events)
        except Exception:
            log.exception("%s did not take in what happened", getattr(listener, "__qualname__", listener))


def make_socketio(flask: Flask) -> SocketIO:
    """Socket.IO on the process's own way of waiting. Other sites' pages are refused by their Origin."""
    return SocketIO(
        flask,
        async_mode=concurrency.mode(),
        manage_session=False,
        namespaces=[NAMESPACE],
        cors_allowed_origins=None,
        max_http_buffer_size=64 * 1024,
        http_compression=False,
        async_handlers=False,  # what walls answer is noted at once: no task for each
        ping_interval=10,
        ping_timeout=10,
    )


def put_hall(store: Store, hall_id: str, hall: HallFile) -> HallFile:
    """Load the hall file at the first start, and again whenever it changed; the file now in force.

    A change that would strand people who wait is not made at start: the hall opens with the file it had.
    """
    try:
        done: Reloaded = store.write(hall_id, reload_hall, ReloadRequest(SYSTEM, hall))
    except Refusal as refusal:
        log.error(
            "大厅文件有改动但未生效，沿用原来的：%s The changed hall file was not loaded: %s",
            refusal,
            refusal.message_en,
        )
        return store.read(hall_id, _file_in_force)
    for change in done.changes:
        log.info("大厅文件：%s %s", change.zh, change.en)
    return hall


def _file_in_force(rx: Any) -> HallFile:
    file: HallFile = rx.rules.file
    return file
