"""What an import looks like: the file as understood, what came of it, what was left out."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.people import Actor
from handlers.files import Read, maker
from handlers.locale import sentence
from handlers.markup import Html, blocks, join, lines
from handlers.presses import BringIn, LeaveOut, ListLeftOut, UndoImport
from handlers.reply import Attached, Reply, Rows
from handlers.ui import Ui
from handlers.views.common import home_row, short
from services.exports.cells import harmless_row
from services.imports.in_chat import Looked
from services.imports.outcome import Duplicate, Plan, Refusal
from services.imports.staging import Imported
from services.imports.undoing import Undone

COLUMNS = 10
NAMED = 3
# A list that nobody reads to its end; the shell gives all of it.
LISTED = 5_000


def explain(ui: Ui, actor: Actor) -> Reply:
    """What can be sent, and whose the clients will be."""
    where = ui.t(f"import.into_{actor.role}")
    return Reply(blocks(ui.t("import.explain"), where), (home_row(ui),), protect=False)


def looked(ui: Ui, found: Looked) -> Reply:
    """The columns as understood, how many come in, and the first that do not."""
    plan = found.plan
    text = blocks(
        ui.t("import.looked", file=short(found.file_name)),
        _mapping(ui, plan),
        lines(_count(ui, plan), _sample(ui, plan)),
        _left_out(ui, plan),
    )
    return Reply(text, _looked_rows(ui, found))


def _mapping(ui: Ui, plan: Plan) -> Html:
    shown = list(plan.mapping.fields.items())[:COLUMNS]
    pairs = [
        ui.t("import.column", column=short(column, 30), field=ui.word(f"import.field.{field}"))
        for column, field in shown
    ]
    rest = ", ".join(short(column, 20) for column in plan.mapping.unused[:COLUMNS])
    unused = ui.t("import.unused", columns=rest) if rest else None
    return lines(*pairs, unused)


def _count(ui: Ui, plan: Plan) -> Html:
    counts = [ui.t("import.accepted", n=plan.accepted)]
    if plan.duplicates:
        counts.append(ui.t("import.duplicates", n=len(plan.duplicates)))
    if plan.refused:
        counts.append(ui.t("import.refused", n=len(plan.refused)))
    return join(" · ", counts)


def _sample(ui: Ui, plan: Plan) -> Html | None:
    names = ui.word("import.comma").join(short(name, 20) for name in plan.sample)
    return ui.t("import.sample", names=names) if names else None


def _left_out(ui: Ui, plan: Plan) -> Html:
    refused = [ui.t("import.row", row=r.row, reason=reason(ui.lang, r)) for r in plan.refused]
    doubles = [ui.t("import.row", row=d.row, reason=_repeats(ui, d)) for d in plan.duplicates]
    return lines(*refused[:NAMED], *doubles[:NAMED])


def reason(lang: str, refusal: Refusal) -> str:
    """Why a row was refused, in the reader's words."""
    facts = dict(refusal.facts)
    if "field" in facts:
        facts["field"] = sentence(lang, f"import.field.{facts['field']}")
    return sentence(lang, f"import.reason.{refusal.key}").format_map(facts)


def _repeats(ui: Ui, double: Duplicate) -> str:
    if isinstance(double.of, int):
        return ui.word("import.same_row", row=double.of)
    return ui.word("import.same_client", client=short(double.of, 40))


def _looked_rows(ui: Ui, found: Looked) -> Rows:
    plan, draft = found.plan, found.draft_id
    go = (ui.key("import.go", BringIn(draft), count=plan.accepted),) if plan.accepted else ()
    full = (ui.key("import.list", ListLeftOut(draft)),) if plan.left_out else ()
    rows = ((*go, ui.key("import.cancel", LeaveOut(draft))), full, home_row(ui))
    return tuple(row for row in rows if row)


def under_way(ui: Ui, done: int, total: int) -> Reply:
    """How far the import is."""
    return Reply(ui.t("import.under_way", done=f"{done:,}", total=f"{total:,}"), edit=True)


def imported(ui: Ui, done: Imported) -> Reply:
    """What came in, and the way back."""
    text = ui.t("import.done", n=done.accepted, file=short(done.file_name))
    left = done.refused + done.duplicates
    rows = ((ui.key("import.undo", UndoImport(done.batch_id)),), home_row(ui))
    return Reply(lines(text, ui.t("import.left_out", n=left) if left else None), rows, edit=True)


def undone(ui: Ui, result: Undone) -> Reply:
    """Everything of the import is gone again."""
    text = ui.t("import.undone", n=result.batch.accepted, file=short(result.batch.file_name))
    return Reply(text, (home_row(ui),), edit=True)


def forgotten(ui: Ui, dropped: bool) -> Reply:
    """Nothing came in."""
    return Reply(ui.t("import.forgotten"), (home_row(ui),), edit=True, protect=False)


def left_out(ui: Ui, plan: Plan) -> Reply:
    """The rows that do not come in, as a CSV document."""
    refused = [(r.row, reason(ui.lang, r)) for r in plan.refused]
    doubles = [(d.row, _repeats(ui, d)) for d in plan.duplicates]
    rows = sorted(refused + doubles)[:LISTED]
    facts = {"head": [ui.word("import.head_row"), ui.word("import.head_reason")], "rows": rows}
    text = ui.t("import.list_caption", n=len(rows))
    return Reply(text, attached=Attached("document", "left_out", facts), protect=False)


@maker("left_out")
async def make_left_out(read: Read, facts: dict[str, Any], now: datetime) -> tuple[str, bytes]:
    """The CSV of rows and reasons, marked so that spreadsheets read it as UTF-8."""
    return "left-out-rows.csv", _csv([facts["head"], *facts["rows"]]).encode("utf-8-sig")


def _csv(rows: Iterable[list[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(harmless_row(row) for row in rows)
    return out.getvalue()
