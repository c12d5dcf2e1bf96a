"""Settings: ``config.toml``, overridden by ``ROUNDS_SECTION__KEY``; unknown names are errors."""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from domain.clients import Tier
from domain.rules import CADENCE, METRICS, Rules

PREFIX = "ROUNDS_"
# Names that belong to the environment only: where the file is, and the fault harness.
_OTHER = {"ROUNDS_CONFIG", "ROUNDS_FAILPOINT"}
TOKEN_SHAPE = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,}")


class ConfigError(Exception):
    """A setting is wrong; the message is one line and holds no secret."""


class Section(BaseModel):
    """A table of the file; a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class TelegramSection(Section):
    """How Telegram, or what stands in for it, is reached."""

    token: SecretStr = SecretStr("")
    api_url: str = "https://api.telegram.org"
    proxy: str = ""
    poll_seconds: int = Field(25, ge=0, le=50)

    @field_validator("api_url")
    @classmethod
    def _root(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http or https address")
        return value.rstrip("/")


class StorageSection(Section):
    """Where everything is remembered."""

    url: str = "sqlite:///rounds.sqlite"

    @field_validator("url")
    @classmethod
    def _known(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        # Imported here: commands without a database need not wait for it.
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            make_url(value)
        except (ArgumentError, ValueError):  # their words hold the password
            raise ValueError("is not a database address") from None
        return value


class ClockSection(Section):
    """A moved clock, for the demo and for tests only."""

    file: str = ""


class DeploymentSection(Section):
    """Where the program may run (README, "Where it may run")."""

    profile: Literal["demo", "overseas", "cn-bank"] = "overseas"
    allowed_api_hosts: tuple[str, ...] = ()


class PeopleSection(Section):
    """What a new person starts with, and working hours."""

    zone: str = "Asia/Shanghai"
    work_start: time = time(9, 0)
    work_end: time = time(18, 0)
    invite_hours: int = Field(72, ge=1, le=72)

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a known time zone, such as Asia/Shanghai")
        ZoneInfo(value)
        return value


class PushSection(Section):
    """When Rounds speaks by itself."""

    digest_at: time = time(8, 0)
    digest_spread_minutes: int = Field(20, ge=0, le=120)
    quiet_from: time = time(20, 0)
    quiet_until: time = time(7, 30)
    loud_per_day: int = Field(5, ge=0, le=50)
    brief_minutes_before: int = Field(30, ge=0, le=240)
    per_second: int = Field(25, ge=1, le=1000)


class LogSection(Section):
    """Rules for logging contacts."""

    undo_minutes: int = Field(10, ge=1, le=120)
    late_entry_days: int = Field(2, ge=0, le=31)


class TargetSection(Section):
    """Targets: the metrics a bank counts, and its currency."""

    metrics: tuple[str, ...] = METRICS
    currency: str = Field("CNY", pattern=r"^[A-Z]{3}$")


class ImportSection(Section):
    """Limits of uploaded files."""

    megabytes: int = Field(20, ge=1, le=50)
    rows: int = Field(200_000, ge=1, le=2_000_000)


class CadenceSection(Section):
    """Contact cadence in days per tier; 0 means that no contact is owed."""

    strategic: int = Field(14, ge=0)
    key: int = Field(30, ge=0)
    basic: int = Field(60, ge=0)
    long_tail: int = Field(180, ge=0)
    private: int = Field(30, ge=0)
    wealth: int = Field(45, ge=0)
    vip: int = Field(90, ge=0)
    mass: int = Field(0, ge=0)
    prospect: int = Field(14, ge=0)
    amber_percent: int = Field(80, ge=1, le=100)


class CalendarSection(Section):
    """Working days: whose, and the published table of a year that is not known yet."""

    country: str = Field("CN", pattern=r"^[A-Z]{2}$")
    exceptions: str = ""


class LoggingSection(Section):
    """The program's own log."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "text"] = "text"


class Settings(Section):
    """Everything that can be set. ``base`` is the folder that relative paths start from."""

    telegram: TelegramSection = TelegramSection()
    storage: StorageSection = StorageSection()
    clock: ClockSection = ClockSection()
    deployment: DeploymentSection = DeploymentSection()
    people: PeopleSection = PeopleSection()
    push: PushSection = PushSection()
    log: LogSection = LogSection()
    targets: TargetSection = TargetSection()
    imports: ImportSection = ImportSection()
    cadence: CadenceSection = CadenceSection()
    calendar: CalendarSection = CalendarSection()
    logging: LoggingSection = LoggingSection()
    base: Path = Field(default_factory=Path.cwd, exclude=True)

    @property
    def storage_url(self) -> str:
        """The database's address, a relative SQLite path resolved against the config file."""
        url = self.storage.url
        if not url.startswith("sqlite:///") or url.startswith("sqlite:////"):
            return url
        return f"sqlite:///{(self.base / url.removeprefix('sqlite:///')).resolve()}"

    @property
    def clock_file(self) -> Path | None:
        """The file with the clock's offset, if any."""
        return (self.base / self.clock.file).resolve() if self.clock.file else None

    @property
    def exceptions_file(self) -> Path | None:
        """The file with published exceptions from the working week, if any."""
        return (
            (self.base / self.calendar.exceptions).resolve() if self.calendar.exceptions else None
        )

    @property
    def token(self) -> str:
        """The bot's token. Raises ``ConfigError`` when it is missing or has no token's shape."""
        token = self.telegram.token.get_secret_value()
        if not token:
            raise ConfigError(
                "telegram.token is not set: put ROUNDS_TELEGRAM__TOKEN into the environment or .env"
            )
        if TOKEN_SHAPE.fullmatch(token) is None:
            raise ConfigError(
                "telegram.token does not look like a token (digits, a colon, letters)"
            )
        return token

    def rules(self) -> Rules:
        """The rules that the use cases obey."""
        days = self.cadence.model_dump(exclude={"amber_percent"})
        return Rules(
            cadence={tier: days[tier.value] or None for tier in CADENCE if tier in set(Tier)},
            amber=self.cadence.amber_percent / 100,
            digest_at=self.push.digest_at,
            digest_spread_minutes=self.push.digest_spread_minutes,
            quiet_from=self.push.quiet_from,
            quiet_until=self.push.quiet_until,
            loud_per_day=self.push.loud_per_day,
            undo_minutes=self.log.undo_minutes,
            brief_minutes_before=self.push.brief_minutes_before,
            default_zone=self.people.zone,
            work_start=self.people.work_start,
            work_end=self.people.work_end,
            currency=self.targets.currency,
            metrics=self.targets.metrics,
            invite_hours=self.people.invite_hours,
            late_entry_days=self.log.late_entry_days,
            upload_megabytes=self.imports.megabytes,
            import_rows=self.imports.rows,
        )

    def check_where(self) -> None:
        """Refuse an API address or a moved clock that the deployment does not allow."""
        host = urlsplit(self.telegram.api_url).hostname or ""
        if self.clock.file and not is_loopback(host):
            raise ConfigError(
                "clock.file is for the demo and tests: telegram.api_url must be loopback"
            )
        if self.deployment.profile == "cn-bank" and host not in self.deployment.allowed_api_hosts:
            raise ConfigError(
                f"deployment.profile cn-bank does not allow {host}: "
                "name the in-house gateway in deployment.allowed_api_hosts"
            )


def is_loopback(host: str) -> bool:
    """Whether an address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises ``ConfigError`` with one line that names the key."""
    environ = os.environ if environ is None else environ
    named = environ.get("ROUNDS_CONFIG")
    path = Path(named) if named else Path("config.toml")
    if named and not path.is_file():
        raise ConfigError(f"ROUNDS_CONFIG: there is no file {named}")
    base = path.resolve().parent
    tables = _from_file(path) if path.is_file() else {}
    dotenv = {k: v for k, v in dotenv_values(base / ".env").items() if v is not None}
    for source in (dotenv, environ):
        _overlay(tables, source)
    try:
        settings = Settings(**tables, base=base)
    except ValidationError as error:
        raise ConfigError(_one_line(error, path)) from None
    settings.check_where()
    return settings


def _from_file(path: Path) -> dict[str, Any]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: {str(error).splitlines()[0]}") from None
    for name, table in tables.items():
        if name == "base" or name not in Settings.model_fields:
            raise ConfigError(f"{path.name}: unknown section or key {name}")
        if not isinstance(table, dict):
            raise ConfigError(f"{path.name}: {name} must be a section, [{name}]")
    return tables


def _overlay(tables: dict[str, Any], source: Mapping[str, str]) -> None:
    for name, value in source.items():
        if not name.startswith(PREFIX) or name in _OTHER:
            continue
        section, _, key = name.removeprefix(PREFIX).lower().partition("__")
        field = Settings.model_fields.get(section) if section != "base" else None
        model = field.annotation if field else None
        if not (isinstance(model, type) and issubclass(model, Section)):
            raise ConfigError(f"{name}: unknown setting")
        if key not in model.model_fields:
            raise ConfigError(f"{name}: unknown setting")
        listed = model.model_fields[key].annotation == tuple[str, ...]
        parsed = tuple(v.strip() for v in value.split(",") if v.strip()) if listed else value
        tables.setdefault(section, {})[key] = parsed


def _one_line(error: ValidationError, path: Path) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{path.name}: unknown key {name}"
    return f"{name}: {first['msg'].removeprefix('Value error, ')}"
