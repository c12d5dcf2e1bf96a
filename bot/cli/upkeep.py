"""``rounds migrate`` and ``rounds outbox``."""

from typing import Any

import click
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.cli.common import database, fail, put_json, settings
from bot.config import ConfigError


@click.command("migrate")
def migrate() -> None:
    """Create the database, or upgrade it to this version."""
    from bot.opening import check_place, reason
    from storage.migrate import NewerSchema, upgrade

    given = settings()
    try:
        check_place(given)
        version = upgrade(given.storage_url)
    except ConfigError as error:
        fail(str(error))
    except NewerSchema as error:
        fail(f"the database has version {error}, newer than this program")
    except DBAPIError as error:
        fail(f"storage.url cannot be opened: {reason(error)}")
    click.echo(f"database at version {version}")


@click.group("outbox")
def outbox() -> None:
    """What could not be sent or handled, kept for a person to look at."""


@outbox.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def list_(as_json: bool) -> None:
    """Parked notices (N…) and updates (U…), oldest first."""
    with database(settings()) as opened:
        rows = opened.read_now(_parked)
    if as_json:
        put_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['at']}  {row['kind']}  {row['error']}")
    click.echo(f"{len(rows)} set aside" if rows else "nothing is set aside")


def _parked(session: Session) -> list[dict[str, Any]]:
    from storage import inbox
    from storage import outbox as notices

    found = [
        {"id": f"N{n.id}", "kind": n.kind, "at": n.due_at.isoformat(), "error": n.error or ""}
        for n in notices.parked(session)
    ]
    return found + [
        {
            "id": f"U{r.id}",
            "kind": "update",
            "at": r.received_at.isoformat(),
            "error": r.error or "",
        }
        for r in inbox.parked(session)
    ]


@outbox.command("retry")
@click.argument("ids", nargs=-1, required=True)
def retry(ids: tuple[str, ...]) -> None:
    """Try again: notices at once, updates when the assistant next starts."""
    with database(settings()) as opened:
        for name in ids:
            if not opened.write_now(lambda session, name=name: _retry(session, name)):  # type: ignore[misc]
                fail(f"{name} is not set aside")
            click.echo(f"{name} will be tried again")


def _retry(session: Session, name: str) -> bool:
    from storage import inbox
    from storage import outbox as notices

    if not name[1:].isdigit():
        return False
    owed = {"N": notices.retry, "U": inbox.retry}.get(name[0].upper())
    return owed(session, int(name[1:])) if owed else False


commands = [migrate, outbox]
