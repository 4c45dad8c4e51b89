"""What the health page says about the voice, and what to install."""

from __future__ import annotations

from display.announcer.announcer import Announcer
from display.announcer.engines import Engine, Pyttsx3, Recordings
from display.announcer.speaker import Speaker
from server.web.checks import Check

INSTALL_ZH = "装真人录音：apt install gcin-voice（不能上网时见 docs/voice.md，用 U 盘拷 .deb），装后 10 秒内自动启用"
INSTALL_EN = (
    "For human recordings: apt install gcin-voice (without internet: a .deb by USB stick, docs/voice.md);"
    " used 10 s later without a restart"
)


def voice_checks(announcer: Announcer) -> list[Check]:
    """One line for each language."""
    return [_mandarin(announcer), _english(announcer)]


def _mandarin(announcer: Announcer) -> Check:
    name, using = ("普通话叫号", "Mandarin"), announcer.in_use()
    if using == Recordings.name:
        return Check(*name, True, "真人录音（gcin-voice）", "Human recordings (gcin-voice)")
    why_zh, why_en = _troubles(announcer.engines)
    if using == Pyttsx3.name:
        return Check(
            *name, True, f"合成语音（pyttsx3）{why_zh}。{INSTALL_ZH}", f"Synthetic (pyttsx3){why_en}. {INSTALL_EN}"
        )
    return Check(
        *name, False, f"没有可用的语音，只响提示音{why_zh}。{INSTALL_ZH}", f"Only the chime{why_en}. {INSTALL_EN}"
    )


def _english(announcer: Announcer) -> Check:
    name = ("英语叫号", "English")
    speaking = next((engine for engine in announcer.engines if "en" in engine.languages() and not engine.trouble), None)
    if speaking:
        return Check(*name, True, "合成语音（pyttsx3）", "Synthetic (pyttsx3)")
    why_zh, why_en = _troubles(announcer.engines)
    return Check(
        *name,
        False,
        f"没有可用的英语语音，只说普通话{why_zh}。可装：apt install espeak-ng",
        f"Nothing speaks English{why_en}. To install: apt install espeak-ng",
    )


def _troubles(engines: list[Engine]) -> tuple[str, str]:
    told = [engine for engine in engines if engine.trouble]
    if not told:
        return "", ""
    return (
        "；".join(["", *(f"{engine.zh}出错：{engine.trouble}" for engine in told)]),
        "; ".join(["", *(f"{engine.name}: {engine.trouble}" for engine in told)]),
    )


def speaker_check(speaker: Speaker | None) -> Check:
    """The server's own loudspeaker."""
    name = ("本机音箱", "Own speaker")
    if speaker is None:
        return Check(
            *name, True, "未设置，由大屏发声（需要时设 YICHUANG_SPEAKER）", "None; the walls speak (YICHUANG_SPEAKER)"
        )
    areas = speaker.speaker_areas()
    zh, en = "、".join(areas), ", ".join(areas)
    if speaker.trouble:
        return Check(
            *name,
            False,
            f"{speaker.trouble.zh}。命令：{speaker.command}",
            f"{speaker.trouble.en}. It is: {speaker.command}",
        )
    if not areas and speaker.wants_areas():
        return Check(
            *name,
            False,
            "已设命令，但大厅文件 [voice] speaker_areas 没有写任何有声等候区，不会出声",
            "There is a command, but [voice] speaker_areas in the hall file names no voiced area: it stays silent",
        )
    return Check(
        *name, True, f"播报 {zh or '全厅'}（{speaker.command}）", f"Speaks for {en or 'the hall'} ({speaker.command})"
    )
