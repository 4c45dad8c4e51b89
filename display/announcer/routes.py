"""/voice/…: the sound of a call, for the walls; and a word through the server's own speaker, for whoever sets it up."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from display.announcer.announcer import Announcer, Sound
from display.announcer.engines import Lang
from display.announcer.speaker import Speaker
from server.domain.actor import Role
from server.domain.refusals import Refusal
from server.web.access import LEADERS, audience
from server.web.context import services

NUMBER = re.compile(r"[A-Z]\d{3,4}")
LANGUAGES: dict[str, Lang] = {"zh": "zh", "en": "en"}


class NoSuchCall(Refusal):
    status, code = 404, "voice_no_such_call"
    zh = "没有这样的叫号：语言为 zh 或 en，号码如 A012，窗口须是本厅的窗口。"
    en = "There is no such call: the language is zh or en, a number is like A012, the window one of this hall."


class NoSpeaker(Refusal):
    status, code = 409, "no_speaker"
    zh = "本机没有设置音箱。请设 YICHUANG_SPEAKER（docs/voice.md）后重启。"
    en = "No speaker is set up on this machine. Set YICHUANG_SPEAKER (docs/voice.md) and restart."


def voice_routes(announcer: Announcer, speaker: Speaker | None) -> Blueprint:
    """The blueprint of this announcer and speaker."""
    blueprint = Blueprint("voice", __name__)

    @blueprint.get("/voice/chime.wav")
    @audience(Role.DISPLAY, *LEADERS)
    def chime() -> ResponseReturnValue:
        return _answer(announcer.chime)

    @blueprint.get("/voice/<lang>/<number>/<int:window>.wav")
    @audience(Role.DISPLAY, *LEADERS)
    def call(lang: str, number: str, window: int) -> ResponseReturnValue:
        known = any(window == one.number for one in services().hall_file().windows)
        if lang not in LANGUAGES or not NUMBER.fullmatch(number) or not known:
            raise NoSuchCall
        return _answer(lambda: announcer.call(LANGUAGES[lang], number, window))

    @blueprint.post("/voice/speaker")
    @audience(*LEADERS)
    def try_speaker() -> ResponseReturnValue:
        """Say an example through the server's own speaker."""
        if speaker is None:
            raise NoSpeaker
        speaker.say_example()
        return "", 202

    return blueprint


def _answer(find: Callable[[], Sound]) -> ResponseReturnValue:
    """The sound; 304 for whoever has it. Kept for a while only: the engine may be changed."""
    sound = find()
    response = Response(sound.data, mimetype="audio/wav")
    response.set_etag(sound.key)
    response.headers["Cache-Control"] = "private, max-age=300"
    return response.make_conditional(request.environ, accept_ranges=True, complete_length=len(sound.data))
