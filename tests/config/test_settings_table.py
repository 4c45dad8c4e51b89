"""docs/settings.md is complete: every setting, its variables, default and meaning in both languages."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from config.settings import Settings
from config.settings_table import DOCUMENT, TO_WRITE, chinese_in, current, default_of, names_of

TEXT = DOCUMENT.read_text(encoding="utf-8")


def test_the_table_of_settings_is_up_to_date() -> None:
    assert current(TEXT) == TEXT, "run: python -m config.settings_table"


def test_every_setting_is_described_in_both_languages() -> None:
    chinese = chinese_in(TEXT)
    assert len(chinese) == len(Settings.model_fields)
    assert [name for name, words in chinese.items() if words in ("", TO_WRITE)] == []
    assert [name for name, info in Settings.model_fields.items() if not info.description] == []


@pytest.mark.parametrize("field", Settings.model_fields)
def test_a_setting_is_really_read_from_each_variable_the_table_names(
    field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = Settings.model_fields[field]
    for other in Settings.model_fields:
        for name in names_of(other, Settings.model_fields[other]):
            monkeypatch.delenv(name, raising=False)
    assert getattr(Settings(), field) == info.default
    for name in names_of(field, info):
        with monkeypatch.context() as now:
            now.setenv(
                name, {"async_mode": "threading", "sms_gateway": "http", "courier_gateway": "http"}.get(field, "1234")
            )
            value = getattr(Settings(), field)
            shown = value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)
            assert shown in ("1234", "threading", "http") and default_of(info) in TEXT


def test_a_value_that_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YICHUANG_SESSION_IDLE_MINUTES", "soon")
    with pytest.raises(ValidationError, match="session_idle_minutes"):
        Settings()
