"""``rounds import clients FILE``: the file, judged row by row, then in at once or not at all."""

import asyncio
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.common import database, put_json, settings
from bot.clock import Clock
from bot.tasks import spawn
from domain.rules import Rules
from handlers.locale import sentence
from services.imports import staging
from services.imports.carrying_out import Stage, Staging
from services.imports.limits import Limits
from services.imports.outcome import Plan, Refusal
from services.imports.planning import plan_import
from services.imports.table import open_table
from storage.database import Database

Say = Callable[[int, int], None]  # rows done, rows in all
_SHOWN = 20
AT_ONCE = 2
BEAT = 20


@dataclass(frozen=True, slots=True)
class Ran:
    """What an import did; ``batch_id`` is None after a dry run or when no row came in."""

    plan: Plan
    batch_id: int | None


def run(
    into: Database,
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
    plan = into.read_now(lambda s: plan_import(s, None, table, owner, clock()))
    if dry_run or not plan.accepted:
        return Ran(plan, None)
    clear(into, clock)
    under_way = Staging(None, table, plan, owner, file.name)
    try:
        asyncio.run(_bring_in(into, under_way, clock, say))
    except BaseException:
        into.write_now(lambda s: staging.abandon(s, under_way.batch_id, clock()))
        clear(into, clock)
        raise
    return Ran(plan, under_way.batch_id)


async def _bring_in(
    into: Database, under_way: Staging, clock: Callable[[], datetime], say: Say | None
) -> None:
    """While the database works on some rows, the next ones are read and indexed."""
    await into.write(lambda s: under_way.open(s, clock()))
    on_their_way: deque[asyncio.Task[None]] = deque()
    try:
        for number, stage in enumerate(under_way.steps(), start=1):
            on_their_way.append(spawn(_run(into, stage, clock()), "import"))
            await asyncio.sleep(0)  # hand it to the database before the next rows are read
            if len(on_their_way) >= AT_ONCE:
                await on_their_way.popleft()
            if number % BEAT == 0:
                await into.write(lambda s: staging.beat(s, under_way.batch_id, clock()))
            if say:
                say(under_way.done, under_way.total)
        await asyncio.gather(*on_their_way)
    finally:
        await asyncio.gather(*on_their_way, return_exceptions=True)
    await into.write(lambda s: under_way.publish(s, clock()))


async def _run(into: Database, stage: Stage, now: datetime) -> None:
    # The rows are unseen and depend on no others, so the weaker isolation is enough.
    await into.write(lambda s: stage(s, now), claim=True)


def clear(into: Database, clock: Callable[[], datetime]) -> None:
    """Take away what imports left that died."""
    while into.write_now(lambda s: staging.clear_some(s, clock())):
        continue


def as_json(plan: Plan) -> dict[str, Any]:
    """The document that ``--json`` prints."""
    return {
        "accepted": plan.accepted,
        "refused": [{"row": r.row, "reason": reason(r)} for r in plan.refused],
        "duplicates": [{"row": d.row, "of": d.of} for d in plan.duplicates],
        "mapping": plan.mapping.fields,
    }


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
    given = settings()
    clock = Clock(given.clock_file)
    say = _progress if sys.stderr.isatty() else None
    with database(given) as opened:
        ran = run(opened, file, given.rules(), clock.now, owner=owner, dry_run=dry_run, say=say)
    if json_:
        put_json(as_json(ran.plan))
    else:
        click.echo(summary(ran, dry_run))


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else "\r"
    click.echo(f"{done} of {total} rows{end}", nl=False, err=True)


commands: list[click.Command] = [import_]
