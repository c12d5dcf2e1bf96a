"""Targets: set by leads, reached by logs and entries, told as clients to see."""

from services.targets.board import Board, BoardRow, team_board, team_boards
from services.targets.core import CoreRecorded, CoreRow, record_core
from services.targets.crossing import after_change
from services.targets.entries import (
    EntryRecorded,
    EntryWish,
    assign_client,
    latest_entry,
    record_entry,
    retract,
    set_amount,
    undo_entry,
)
from services.targets.export import TargetRow, export_rows
from services.targets.progress import Look, Progress, progress
from services.targets.pushes import (
    MemberBehind,
    WeekFacts,
    friday_gap_facts,
    monday_plan_facts,
)
from services.targets.reach import Holder, find_member, members_of
from services.targets.setting import (
    TargetSet,
    TargetWish,
    drop_target,
    set_by_text,
    set_from_draft,
    set_target,
)
from services.targets.standing import Standing
from services.targets.suggesting import Suggestion, suggest
from services.targets.to_see import ClientToSee

__all__ = [
    "Board",
    "BoardRow",
    "ClientToSee",
    "CoreRecorded",
    "CoreRow",
    "EntryRecorded",
    "EntryWish",
    "Holder",
    "Look",
    "MemberBehind",
    "Progress",
    "Standing",
    "Suggestion",
    "TargetRow",
    "TargetSet",
    "TargetWish",
    "WeekFacts",
    "after_change",
    "assign_client",
    "drop_target",
    "export_rows",
    "find_member",
    "friday_gap_facts",
    "latest_entry",
    "members_of",
    "monday_plan_facts",
    "progress",
    "record_core",
    "record_entry",
    "retract",
    "set_amount",
    "set_by_text",
    "set_from_draft",
    "set_target",
    "suggest",
    "team_board",
    "team_boards",
    "undo_entry",
]
