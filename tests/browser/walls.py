"""What the tests of walls and window screens share: short recordings, and an ear at the page's loudspeaker."""

from __future__ import annotations

import io
import re
import wave
from collections.abc import Callable
from typing import Any

from tests.support.server import HallServer

WIDTH, HEIGHT = 1920, 1080
OpenPage = Callable[..., Any]


def take(hall: HallServer, section: str, **more: Any) -> str:
    number = hall.signed_in("kiosk").do("/tickets", {"section": section, **more})["number"]
    assert isinstance(number, str)
    return number


def call(hall: HallServer, window: int) -> str:
    number = hall.signed_in(f"clerk{window}").do(f"/windows/{window}/next", {"finish": True})["number"]
    assert isinstance(number, str)
    return number


def recording(seconds: float) -> bytes:
    """A silent WAV of that length."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(2 * round(seconds * 16_000)))
    return out.getvalue()


class Ear:
    """Notes what the page asks for and what its loudspeaker really plays to the end."""

    LISTEN = """() => {
        window.heard = [];
        const names = new WeakMap();
        const { arrayBuffer } = Response.prototype;
        Response.prototype.arrayBuffer = async function () {
            const bytes = await arrayBuffer.call(this);
            names.set(bytes, this.url);
            return bytes;
        };
        const { decodeAudioData } = BaseAudioContext.prototype;
        BaseAudioContext.prototype.decodeAudioData = async function (bytes) {
            const name = names.get(bytes);
            const buffer = await decodeAudioData.call(this, bytes);
            names.set(buffer, name);
            return buffer;
        };
        const { start } = AudioBufferSourceNode.prototype;
        AudioBufferSourceNode.prototype.start = function () {
            const began = this.context.currentTime;
            const entry = { name: names.get(this.buffer) ?? 'own chime', panel: null, played: 0 };
            entry.panel = document.querySelector('[data-panel]').dataset.number;
            window.heard.push(entry);
            this.addEventListener('ended', () => {
                entry.played = this.context.currentTime - began;
                entry.panelAfter = document.querySelector('[data-panel]').dataset.number;
            });
            return start.apply(this, arguments);
        };
    }"""

    def __init__(self, page: Any, url: str, answer: Callable[[str], float | int | None] | None) -> None:
        """Opens `url`. `answer(address)`: the recording's seconds, or a status to refuse it with, or None to leave it.

        Without `answer` the hall's own recordings are played.
        """
        self.page = page
        self.asked: list[str] = []
        self._answer = answer
        if answer:
            page.context.route("**/voice/**", self._serve)
        page.add_init_script(f"({self.LISTEN})()")
        page.goto(url)
        page.wait_for_selector("[data-waiting]")

    def _serve(self, route: Any) -> None:
        path = re.sub(r"^.*/voice", "/voice", route.request.url)
        self.asked.append(path)
        assert self._answer
        answer = self._answer(path)
        if answer is None:
            return
        if isinstance(answer, int):
            route.fulfill(status=answer, body="")
        else:
            route.fulfill(body=recording(answer), content_type="audio/wav")

    def switch_on(self) -> None:
        """Tap the screen, as the hint asks."""
        self.page.wait_for_selector("[data-sound=blocked]", timeout=4_000)
        self.page.mouse.click(400, 400)
        self.page.wait_for_selector("[data-sound]", state="detached", timeout=2_000)

    def heard(self) -> list[str]:
        """ "chime", "zh C001 11", … as they were begun."""
        return [self._short(entry["name"]) for entry in self.entries()]

    def entries(self) -> list[dict[str, Any]]:
        found = self.page.evaluate("window.heard")
        assert isinstance(found, list)
        return found

    def until_heard(self, count: int, seconds: float = 8) -> list[str]:
        """Wait until that many sounds were played to their end."""
        self.page.wait_for_function(
            "count => window.heard.filter(one => one.played > 0).length >= count", arg=count, timeout=seconds * 1_000
        )
        return self.heard()

    @staticmethod
    def _short(name: str) -> str:
        said = re.search(r"/voice/(zh|en)/(\w+)/(\d+)\.wav", name)
        return " ".join(said.groups()) if said else re.sub(r".*/(\w+)\.wav", r"\1", name)
