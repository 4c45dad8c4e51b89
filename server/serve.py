"""`run.py serve`: one process from the lock on its data folder to a clean stop."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from config.hall_file import HallFileError
from config.settings import Settings
from server import concurrency
from server.garbage import give_large_blocks_back
from server.logs import start_log
from server.store.errors import DatabaseTooNew, StoreUnavailable

OK, CANNOT, WRONG = 0, 1, 2
WILDCARDS = ("0.0.0.0", "::", "")


class CannotServe(Exception):
    """Why this process cannot serve, as one sentence in both languages."""

    def __init__(self, sentence: str, code: int = CANNOT) -> None:
        super().__init__(sentence)
        self.code = code


def serve(chosen: dict[str, Any]) -> int:
    """Serve until SIGTERM or Ctrl-C. `chosen` goes before the environment. The exit code."""
    os.umask(0o077)  # the database, its log, keys and the SMS file are for this account alone
    start_log(sys.stderr)
    give_large_blocks_back()
    try:
        settings = read_settings(chosen)
        lock = lock_data(settings)
        sock = listen(settings)
        settings = with_address(settings, sock.getsockname()[1])
        _serve(settings, sock)
        if lock:
            lock.close()
        return OK
    except CannotServe as reason:
        say(str(reason), sys.stderr)
        return reason.code
    except HallFileError as error:
        for problem in error.problems:
            say(str(problem), sys.stderr)
        say(
            f"大厅文件有 {len(error.problems)} 处问题，未启动。The hall file has problems; nothing was started.",
            sys.stderr,
        )
        return WRONG


def read_settings(chosen: dict[str, Any]) -> Settings:
    """The environment with `chosen` over it. CannotServe names every wrong setting."""
    try:
        return Settings(**chosen)
    except ValidationError as error:
        lines = [f"{'.'.join(str(part) for part in e['loc']) or '设置'}: {e['msg']}" for e in error.errors()]
        raise CannotServe("设置有误 Wrong settings (docs/settings.md):\n  " + "\n  ".join(lines), WRONG) from None


def lock_data(settings: Settings) -> IO[str] | None:
    """One process a data folder, but for several instances, which say so by naming their Redis."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        lock = (settings.data_dir / "serve.lock").open("a+")
    except OSError as error:
        raise CannotServe(
            f"数据目录 {settings.data_dir} 不可写：{error.strerror}。The data folder cannot be written; choose another: --data DIR"
        ) from None
    if settings.database_url and settings.redis_url:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        owner = lock.read().strip() or "?"
        lock.close()
        raise CannotServe(
            f"数据目录 {settings.data_dir} 正被另一个进程（{owner}）使用。请先停止它，或用 --data 另选目录。\n"
            f"Process {owner} already serves from {settings.data_dir}: stop it, or choose another folder with --data."
        ) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def listen(settings: Settings) -> Any:
    """The listening socket, or CannotServe with what to do."""
    try:
        return concurrency.listen(settings.host, settings.port)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise CannotServe(
            f"无法监听 {where}（{error.strerror or error}）。请停止占用它的程序，或换一个端口：PORT=8080 make run\n"
            f"Cannot listen on {where}. Stop the program that uses it, or choose another port: PORT=8080 make run"
        ) from None


def with_address(settings: Settings, port: int) -> Settings:
    """The settings with the real port, and the address that goes before links when none was given."""
    return settings.model_copy(
        update={"port": port, "public_url": settings.public_url or local_url(settings.host, port)}
    )


def local_url(host: str, port: int) -> str:
    """The address under which this machine reaches the server."""
    shown = "127.0.0.1" if host in WILDCARDS else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _serve(settings: Settings, sock: Any) -> None:
    from server.app import create_app
    from server.banner import banner

    try:
        app = create_app(settings)
    except (StoreUnavailable, DatabaseTooNew) as error:
        detail = f" ({error.__cause__})".replace("\n", " ") if error.__cause__ else ""
        where = "DATABASE_URL" if settings.database_url else str(settings.data_dir)
        english = f" {error.message_en}" if isinstance(error, StoreUnavailable) else ""
        raise CannotServe(f"打不开数据库 cannot open the database ({where})：{error}{english}{detail}") from None
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop_once(stopping))
    app.start()
    stop_accepting = concurrency.serve(sock, app.flask, settings.max_connections)
    app.garbage.start()
    url = local_url(settings.host, settings.port)
    ready = settings.data_dir / "serve.json"
    ready.write_text(json.dumps({"url": url, "pid": os.getpid()}) + "\n")
    say(banner(app.hall, settings, app.welcome, url))
    try:
        while not stopping:
            concurrency.sleep(0.2)
    finally:
        say("正在停止，保存未完成的步骤…… Stopping, saving what is under way…")
        _remove(ready)
        stop_accepting()
        app.stop()


def _stop_once(stopping: list[int]) -> Callable[[int, Any], None]:
    def handler(number: int, frame: Any) -> None:
        stopping.append(number)
        signal.signal(number, signal.SIG_DFL)  # a second one ends the process at once

    return handler


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def say(text: str, stream: IO[str] = sys.stdout) -> None:
    """Print for people; a terminal that knows no Chinese must not stop the server."""
    try:
        stream.write(text + "\n")
    except UnicodeEncodeError:
        stream.write(text.encode("ascii", "replace").decode() + "\n")
    stream.flush()
