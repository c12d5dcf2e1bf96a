"""Rules of the house that are easier to test than to remember."""

import ast
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st

import handlers.table  # noqa: F401 – fills the registry
from domain.contacts import Outcome
from domain.people import Role
from handlers import registry
from handlers.buttons import MAX_BYTES, NotOurs, Press, Seal, _presses
from handlers.presses import NextDay, SetOutcome, SetZone
from storage import migrate, schema

ROOT = Path(__file__).parents[1]
SEAL = Seal(b"k" * 32, 7_000_000_001)


def test_every_button_is_answered() -> None:
    assert set(_presses.values()) == set(registry.presses)


def test_every_conversation_declares_who_may_use_it() -> None:
    tables = (registry.commands, registry.presses, registry.messages, registry.drafts)
    for table in tables:
        for name, entry in table.items():  # type: ignore[attr-defined]
            assert entry.roles, name
            assert entry.roles <= set(Role), name


def test_a_conversation_for_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        registry.command("nothing", ())


@given(contact=st.integers(0, 2**53), version=st.integers(0, 2**20), day=st.dates(),
       minutes=st.none() | st.integers(0, 1439))  # fmt: skip
def test_a_button_survives_the_wire(
    contact: int, version: int, day: date, minutes: int | None
) -> None:
    press = NextDay(contact, version, day, minutes)
    wire = SEAL.close(press)
    assert len(wire.encode()) <= MAX_BYTES
    assert SEAL.open(wire) == press


def test_the_longest_zone_fits_on_a_button() -> None:
    press = SetZone("America/Argentina/ComodRivadavia", onward=True)
    assert SEAL.open(SEAL.close(press)) == press


@given(st.text(max_size=64))
def test_nothing_made_by_hand_opens(wire: str) -> None:
    with pytest.raises(NotOurs):
        SEAL.open(wire)


def test_a_button_opens_only_for_the_person_it_was_made_for() -> None:
    wire = SEAL.close(SetOutcome(1, 1, Outcome.INTERESTED))
    with pytest.raises(NotOurs):
        Seal(SEAL.key, 7_000_000_002).open(wire)
    with pytest.raises(NotOurs):
        Seal(b"x" * 32, SEAL.telegram_id).open(wire)


@given(st.integers(0, 30), st.sampled_from("0123456789abcxyz:~"))
def test_a_changed_button_does_not_open(place: int, char: str) -> None:
    wire = SEAL.close(SetOutcome(12345, 7, Outcome.INTERESTED))
    place %= len(wire)
    if wire[place] == char:
        return
    with pytest.raises(NotOurs):
        SEAL.open(wire[:place] + char + wire[place + 1 :])


def test_buttons_that_change_something_carry_their_state() -> None:
    """A double tap must find a changed state, so a version goes with it."""
    changing = {"SetOutcome", "NextStep", "NextDay", "SetKind", "FollowUpAct", "SnoozeTo", "MoveTo",
                "CancelFollowUp", "LogKind", "SetTier", "PlanStep", "PlanDay"}  # fmt: skip
    for cls in _presses.values():
        if cls.__name__ in changing:
            assert "version" in {field.name for field in fields(cls)}, cls  # type: ignore[arg-type]


def test_html_is_made_in_one_place_only() -> None:
    """``Html(…)`` of anything but a literal or a stored reply, outside markup.py, is red."""
    for path in (ROOT / "handlers").rglob("*.py"):
        if path.name == "markup.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Html":
                (argument,) = node.args
                stored = isinstance(argument, ast.Attribute) and argument.attr == "text"
                assert stored, f"{path.name}:{node.lineno}"


def test_press_is_the_base_of_every_button() -> None:
    assert all(issubclass(cls, Press) for cls in _presses.values())


def test_the_known_versions_are_the_migrations() -> None:
    scripts = ScriptDirectory.from_config(migrate._config()).walk_revisions()
    assert list(schema.VERSIONS) == [script.revision for script in scripts][::-1]
