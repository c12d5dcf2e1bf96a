"""An import that a person brings by chat: looked at first, brought in by one press, undone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.people import Actor
from domain.problems import Problem
from services.imports import staging
from services.imports.outcome import Plan
from services.imports.planning import plan_import
from services.imports.staging import Imported
from services.imports.table import Table
from storage.clients import ImportBatch
from storage.contacts import Draft


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would do, and the draft that a press goes on with."""

    draft_id: int
    file_name: str
    plan: Plan


def plan_for(session: Session, actor: Actor, table: Table, now: datetime) -> Plan:
    """Judge a file for the person who sent it. Raises ``Problem``."""
    return plan_import(session, actor, table, None, now)


def remember(session: Session, actor: Actor, file_id: str, file_name: str, plan: Plan,
             now: datetime) -> Looked:  # fmt: skip
    """Keep where the file is, so that a press can fetch it again."""
    data = {"file_id": file_id, "file_name": file_name}
    row = Draft(person_id=actor.id, kind="import", data=_json(data), at=now)
    session.add(row)
    session.flush()
    return Looked(row.id, file_name, plan)


def publish(session: Session, actor: Actor, draft_id: int, batch_id: int,
            now: datetime) -> Imported:  # fmt: skip
    """Make a staged batch visible; a repeated press gives the same answer again.

    Raises ``Problem``.
    """
    draft = session.scalar(select(Draft).where(Draft.id == draft_id).with_for_update())
    if draft is None or draft.person_id != actor.id or not draft.open:
        raise Problem("draft_gone")
    data = json.loads(draft.data)
    if "batch" in data:
        return staging.imported(session.get_one(ImportBatch, data["batch"]))
    draft.data = _json({**data, "batch": batch_id})
    return staging.publish(session, batch_id, now)


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False)
