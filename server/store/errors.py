"""What can go wrong with the store itself, in words for people."""

from __future__ import annotations

from server.domain.refusals import Refusal


class StoreUnavailable(Refusal):
    """The database cannot be reached, is locked, or went away in the middle. Nothing of the step is known saved."""

    status = 503
    code = "store_unavailable"
    zh = "系统暂时连不上数据库，这一步没有保存，请稍候再试一次。"
    en = "The database cannot be reached just now and this step was not saved. Please try again shortly."


class NotSaved(Refusal):
    """COMMIT failed: no step of the batch counts. The same Idempotency-Key makes the retry safe."""

    status = 503
    code = "not_saved"
    zh = "系统没能保存这一步，请再试一次。"
    en = "This step could not be saved. Please try again."


class StoreClosed(Refusal):
    """The process is shutting down and takes no more steps."""

    status = 503
    code = "store_closed"
    zh = "系统正在重新启动，请稍候再试。"
    en = "The system is restarting. Please try again shortly."


class HallUnknown(Refusal):
    """No hall of that id in this database."""

    status = 404
    code = "hall_unknown"
    zh = "没有这个大厅：{hall}。"
    en = "There is no such hall: {hall}."


class HallNotLoaded(Refusal):
    """The hall exists but no hall file was ever loaded for it."""

    status = 503
    code = "hall_not_loaded"
    zh = "大厅配置尚未加载，请联系管理员。"
    en = "The hall's configuration has not been loaded yet. Please tell an administrator."


class Conflict(Exception):
    """A statement broke a constraint (unique, not null, …). A bug unless the caller expected it."""


class DatabaseTooNew(RuntimeError):
    """The database was migrated by a later version of the program."""

    def __init__(self, where: str, unknown: list[str]) -> None:
        names = ", ".join(unknown)
        super().__init__(
            f"{where}: 数据库比程序新（含未知的迁移 {names}），请升级程序后再启动。"
            f" The database is newer than this program (unknown migrations {names}); upgrade the program and start again."
        )
