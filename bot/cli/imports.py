"""``rounds import clients FILE``: the file, judged row by row, then in at once or not at all."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from bot.clock import Clock
from bot.config import ConfigError, Settings, load
from domain.problems import Problem
from domain.rules import Rules
from handlers.locale import sentence
from services.imports import staging
from services.imports.carrying_out import Staging
from services.imports.limits import Limits
from services.imports.outcome import Plan, Refusal
from services.imports.planning import plan_import
from services.imports.table import open_table
from storage import migrate
from storage.database import Database
from storage.house import House

Say = Callable[[int, int], None]  # rows done, rows in all
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Ran:
    """What an import did; ``batch_id`` is None after a dry run or when no row came in."""

    plan: Plan
    batch_id: int | None


def run(
    database: Database,
    file: Path,
    rules: Rules,
    clock: Callable[[], datetime],
    *,
    owner: str | None = None,
    dry_run: bool = False,
    say: Say | None = None,
) -> Ran:
    """Import a file as the operator at the shell, beside a running assistant. Raises ``Problem``.

    Killed at any moment it leaves nothing visible; the next import takes away what it left.
    """
    table = open_table(file, Limits.for_shell(rules))
    plan = database.read_now(lambda s: plan_import(s, None, table, owner, clock()))
    if dry_run or not plan.accepted:
        return Ran(plan, None)
    clear(database, clock)
    under_way = Staging(None, table, plan, owner, file.name)
    try:
        for step in under_way.steps(clock):
            database.write_now(step)
            if say:
                say(under_way.done, under_way.total)
        database.write_now(lambda s: staging.publish(s, under_way.batch_id, clock()))
    except BaseException:
        database.write_now(lambda s: staging.abandon(s, under_way.batch_id, clock()))
        clear(database, clock)
        raise
    return Ran(plan, under_way.batch_id)


def clear(database: Database, clock: Callable[[], datetime]) -> None:
    """Take away what imports left that died."""
    while database.write_now(lambda s: staging.clear_some(s, clock())):
        continue


def as_json(plan: Plan) -> str:
    """The document that ``--json`` prints."""
    return json.dumps(
        {
            "accepted": plan.accepted,
            "refused": [{"row": r.row, "reason": reason(r)} for r in plan.refused],
            "duplicates": [{"row": d.row, "of": d.of} for d in plan.duplicates],
            "mapping": plan.mapping.fields,
        },
        ensure_ascii=False,
    )


def reason(refusal: Refusal, lang: str = "en") -> str:
    """Why a row was refused, as a sentence."""
    return sentence(lang, f"import.reason.{refusal.key}").format_map(refusal.facts)


def summary(ran: Ran, dry_run: bool) -> str:
    """What a person at the shell reads."""
    plan = ran.plan
    verb = "would come in" if dry_run else "came in"
    lines = [f"  {column} → {field}" for column, field in plan.mapping.fields.items()]
    if plan.mapping.unused:
        lines.append("  not used: " + ", ".join(plan.mapping.unused))
    lines.append(f"{plan.accepted} {verb}, {len(plan.refused)} refused, "
                 f"{len(plan.duplicates)} duplicates")  # fmt: skip
    lines += [f"  row {r.row}: {reason(r)}" for r in plan.refused[:_SHOWN]]
    lines += [f"  row {d.row}: {_repeats(d.of)}" for d in plan.duplicates[:_SHOWN]]
    if max(len(plan.refused), len(plan.duplicates)) > _SHOWN:
        lines.append("  … use --json for the whole list")
    return "\n".join(["Columns:", *lines])


def _repeats(of: int | str) -> str:
    return f"the same client as row {of}" if isinstance(of, int) else f"we have {of} already"


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Database, Clock]]:
    """The database of this installation and its clock. Raises ``ConfigError``."""
    database = Database(settings.storage_url, House(settings.rules()))
    try:
        if migrate.current(database.engine) != migrate.head():
            raise ConfigError("the database is not up to date: run rounds migrate")
        yield database, Clock(settings.clock_file)
    except migrate.NewerSchema:
        raise ConfigError("the database was made by a newer Rounds than this one") from None
    finally:
        database.close()


@contextmanager
def told() -> Iterator[None]:
    """What a person can mend is one line on standard error, and a non-zero exit."""
    try:
        yield
    except Problem as problem:
        text = sentence("en", f"problem.{problem.key}").format_map(problem.facts)
        raise click.ClickException(text) from None
    except (ConfigError, OSError) as error:
        raise click.ClickException(str(error)) from None


@click.group("import")
def import_() -> None:
    """Bring clients in from a file."""


@import_.command("clients")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--owner", metavar="NAME", help="Give every client to this person, not the pool.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and save nothing.")
@click.option("--json", "json_", is_flag=True, help="One JSON document on standard output.")
def clients(file: Path, owner: str | None, dry_run: bool, json_: bool) -> None:
    """CSV, XLSX or vCard: every refused row is listed, the others come in together."""
    with told():
        settings = load()
        with opened(settings) as (database, clock):
            say = _progress if sys.stderr.isatty() else None
            ran = run(database, file, settings.rules(), clock.now, owner=owner, dry_run=dry_run,
                      say=say)  # fmt: skip
    click.echo(as_json(ran.plan) if json_ else summary(ran, dry_run))


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else "\r"
    click.echo(f"{done} of {total} rows{end}", nl=False, err=True)


commands: list[click.Command] = [import_]
