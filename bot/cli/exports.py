"""``rounds export clients|visits|followups|targets``: to the screen, a CSV or an XLSX file."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click
from sqlalchemy.orm import Session

from bot.cli.common import database, fail, settings
from bot.clock import Clock
from services.exports import writing
from services.exports.sheets import sheet
from services.exports.what import What
from storage.database import Database

Write = Callable[[Session], int]


def run(
    source: Database,
    what: What,
    now: datetime,
    *,
    csv: Path | None = None,
    xlsx: Path | None = None,
    as_csv: TextIO | None = None,
    as_json: TextIO | None = None,
) -> int:
    """Write one list to every place named, each from one snapshot. Returns the number of rows.

    Raises ``OSError`` when a file cannot be written; it is then not there at all.
    """
    writes: list[Write] = []
    if csv is not None:
        writes.append(lambda s: _to_csv(csv, s, what, now))
    if xlsx is not None:
        writes.append(lambda s: _to_xlsx(xlsx, s, what, now))
    if as_csv is not None:
        writes.append(lambda s: writing.write_csv(as_csv, sheet(s, what, None, now)))
    if as_json is not None:
        writes.append(lambda s: writing.write_json(as_json, sheet(s, what, None, now)))
    return max(source.read_now(write) for write in writes)


def _to_csv(path: Path, session: Session, what: What, now: datetime) -> int:
    with writing.whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as out:
        return writing.write_csv(out, sheet(session, what, None, now))


def _to_xlsx(path: Path, session: Session, what: What, now: datetime) -> int:
    with writing.whole_file(path) as part:
        return writing.write_xlsx(part, sheet(session, what, None, now))


@click.command("export")
@click.argument("what", type=click.Choice([what.value for what in What]))
@click.option("--csv", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV file.")
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="Write a workbook.")
@click.option("--json", "as_json", is_flag=True, help="One array of objects on standard output.")
def export(what: str, csv: Path | None, xlsx: Path | None, as_json: bool) -> None:
    """Everything that is live goes out again; without an option, as CSV on standard output."""
    to_screen = csv is None and xlsx is None and not as_json
    given = settings()
    with database(given) as opened:
        try:
            rows = run(
                opened,
                What(what),
                Clock(given.clock_file).now(),
                csv=csv,
                xlsx=xlsx,
                as_csv=sys.stdout if to_screen else None,
                as_json=sys.stdout if as_json else None,
            )
        except OSError as error:
            fail(f"the file cannot be written: {error.strerror}")
    for path in (csv, xlsx):
        if path is not None:
            click.echo(f"{path}: {rows} rows", err=True)


commands: list[click.Command] = [export]
