"""Process settings, from the environment alone. The table in docs/settings.md is kept complete by a test."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One process of the hall. Every field is read from `YICHUANG_<NAME>` (or the alias it names)."""

    model_config = SettingsConfigDict(env_prefix="YICHUANG_", extra="ignore", populate_by_name=True)

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(
        8000,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("YICHUANG_PORT", "PORT"),
        description="port to listen on; 0 picks a free one",
    )
    hall_dir: Path = Field(Path("config/demo"), description="folder of the hall file")
    data_dir: Path = Field(Path("data"), description="folder of the database, keys, and the SMS file")
    database_url: str = Field(
        "",
        validation_alias=AliasChoices("YICHUANG_DATABASE_URL", "DATABASE_URL"),
        description="PostgreSQL address; empty = SQLite in the data folder",
    )
    redis_url: str = Field(
        "",
        validation_alias=AliasChoices("YICHUANG_REDIS_URL", "REDIS_URL"),
        description="Redis through which several instances wake each other; empty = one instance",
    )
    async_mode: Literal["eventlet", "gevent", "threading"] = Field(
        "eventlet", description="how the server waits for many screens at once"
    )
    public_url: str = Field("", description="address citizens reach, put before links in SMS; empty = http://host:port")
    demo_password: SecretStr | None = Field(
        None, description="password of all demo accounts; unset = made at first start"
    )
    session_idle_minutes: int = Field(30, ge=1, description="a staff session ends after so long without a request")
    max_connections: int = Field(20_000, ge=64, description="most open connections")
    public_rate_per_minute: int = Field(
        1200,
        ge=1,
        description="requests a minute one address may make without signing in (a hall's Wi-Fi is one address)",
    )
    trusted_proxies: str = Field(
        "", description="addresses of proxies in front, comma-separated; only these are believed about who is asking"
    )
    speaker: str = Field(
        "",
        description="command that plays a call on this machine's own speaker, such as `aplay -q {file}`; empty = none",
    )
    sms_gateway: Literal["file", "twilio", "http"] = Field("file", description="which gateway sends the three SMS")
    twilio_account_sid: str = Field("", description="Twilio account")
    twilio_auth_token: SecretStr | None = Field(None, description="Twilio token; also signs its callbacks")
    twilio_from: str = Field("", description="Twilio sender number, or a messaging service MG…")
    twilio_base_url: str = Field("", description="another address for Twilio's API (a stand-in); empty = Twilio's own")
    sms_http_file: Path | None = Field(None, description="TOML file that describes the domestic provider's HTTP API")
    courier_gateway: Literal["file", "http"] = Field(
        "file", description="which gateway orders couriers; file = a stand-in that makes waybill numbers of its own"
    )
    courier_http_file: Path | None = Field(None, description="TOML file that describes the courier's HTTP API")
