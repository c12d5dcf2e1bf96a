"""Opening the database for a command, with one clear line for whatever is wrong with it."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.calendars import calendar_of
from bot.config import ConfigError, Settings
from storage import schema
from storage.database import Database, make_engine
from storage.house import House
from storage.schema import NewerSchema


def open_database(settings: Settings) -> Database:
    """The database at the version this program works with. Raises ``ConfigError``."""
    version = version_of(settings)
    if version is None or version != schema.head():
        state = "empty" if version is None else f"at version {version}"
        raise ConfigError(
            f"the database is {state}, this program needs {schema.head()}: run rounds migrate"
        )
    return Database(settings.storage_url, house_of(settings))


def house_of(settings: Settings) -> House:
    """The bank's rules and calendar."""
    return House(settings.rules(), calendar_of(settings))


def version_of(settings: Settings) -> str | None:
    """The database's version, None when it is empty. Raises ``ConfigError``."""
    check_place(settings)
    engine = make_engine(settings.storage_url)
    try:
        return schema.current(engine)
    except NewerSchema as error:
        raise ConfigError(f"the database has version {error}, newer than this program") from None
    except DBAPIError as error:
        raise ConfigError(f"storage.url cannot be opened: {reason(error)}") from None
    finally:
        engine.dispose()


def check_place(settings: Settings) -> None:
    """Refuse a SQLite file whose folder is missing or cannot be written to."""
    url = make_url(settings.storage_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    folder = Path(url.database).parent
    if not folder.is_dir():
        raise ConfigError(f"storage.url: there is no folder {folder}")
    probe = Path(url.database) if Path(url.database).exists() else folder
    try:
        if probe.is_dir():
            (probe / ".rounds-probe").touch()
            (probe / ".rounds-probe").unlink()
        else:
            probe.open("r+b").close()
    except OSError:
        raise ConfigError(f"storage.url: {probe} cannot be written to") from None


def reason(error: DBAPIError) -> str:
    """The first line of what the driver says; it holds no password."""
    return (
        str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error).__name__
    )
