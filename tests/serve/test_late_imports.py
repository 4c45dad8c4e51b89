"""What few halls need is loaded when it is needed: a hall starts fast, and stays small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("PIL", "escpos", "matplotlib", "numpy", "openpyxl", "psycopg", "pyttsx3", "qrcode", "soundfile")

CREATE = """
import sys, pathlib
from config.settings import Settings
from server.app import create_app
create_app(Settings(data_dir=pathlib.Path(sys.argv[1]), hall_dir=pathlib.Path("config/demo"), async_mode="threading"))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_hall_is_made_without_loading_what_few_halls_need(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", CREATE, str(tmp_path)]
    made = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60)
    assert made.returncode == 0, made.stderr
    loaded = set(made.stdout.splitlines()[-1].split())
    assert {"flask", "server"} <= loaded
    assert not loaded & set(HEAVY)
