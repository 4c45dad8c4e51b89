"""Six days of a real call centre: the hall's rules against one line, with the figures that issue 3 asks for."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from server.simulator.command import Options, run

BANK = Path(__file__).parents[2].parent / "shared/data/bank_1999_02_01_to_06.csv"


@pytest.mark.skipif(not BANK.exists(), reason="the real data is not beside this checkout (../shared/data)")
@pytest.mark.parametrize("credit", [0.0, 15.0])
@pytest.mark.parametrize("windows", ["5", "6"])
def test_the_real_days_wait_as_in_one_line_and_nobody_is_passed_by_five_minutes(windows: str, credit: float) -> None:
    out = io.StringIO()
    options = Options(trace=BANK, windows=windows, policy="yichuang,pooled", json=True, credit_minutes=credit)
    assert run(options, out, io.StringIO()) == 0
    found = json.loads(out.getvalue())["policies"]
    ours, pooled = found["yichuang"], found["pooled"]
    assert ours["served"] + ours["left"] == pooled["served"] + pooled["left"] == 6726
    assert ours["mean_wait"] <= 1.03 * pooled["mean_wait"]
    assert ours["p95_wait"] <= 1.05 * pooled["p95_wait"]
    assert ours["overtaken_5min"] <= 0.005
    assert ours["moved"] <= 0.40
