"""From a reading of a text to what can be logged or planned, one part a client."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.calendar import Calendar
from domain.contacts import ContactKind, Outcome
from domain.followups import FollowUpKind
from domain.people import Actor
from domain.quicklog import Reading
from domain.quicklog.reading import ClientMention, Event
from services.capture import Part, Understood
from services.followups import When

_CALL = re.compile(r"电话|打给|致电|回电|电联|再打|通话|\bcall|\bring\b|\bphone", re.IGNORECASE)
_TASK = re.compile(
    r"送|发(?!薪)|寄|给.{0,6}(报价|方案|资料)|\bsend|\bemail|\bquote|\bdeliver|\bprepare|\bsubmit",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，,。；;\n！!]| (?=then\b|and\b)")


def parts_of(reading: Reading, actor: Actor, said_at: datetime, calendar: Calendar,
             source: tuple[int, int]) -> tuple[Part, ...]:  # fmt: skip
    """Everything the text says, with certain clients marked. At least one part."""
    base = _understood(reading, said_at, calendar, source)
    if len(reading.events) > 1:
        return tuple(_event_part(base, reading, event) for event in reading.events)
    return (_part(base, reading.clients[0] if reading.clients else None),)


def _part(said: Understood, mention: ClientMention | None) -> Part:
    if mention is None:
        return Part(said, None, ())
    named = replace(said, name=mention.text)
    if mention.certainty == "certain" and mention.ids:
        return Part(named, mention.ids[0], mention.ids)
    return Part(named, None, mention.ids)


def _event_part(base: Understood, reading: Reading, event: Event) -> Part:
    kind = ContactKind(event.kind) if event.kind != "none" else base.kind
    next_step = When.of(event.follow_up) if event.follow_up else None
    planned = event.kind == "none" and next_step is not None
    said = replace(
        base,
        intent="plan" if planned else "log",
        kind=kind,
        kind_known=event.kind != "none" or base.kind_known,
        when=When.of(event.when) if event.when else None,
        next_step=next_step,
        next_kind=_step_kind(event.note or base.text, kind),
        outcome=_outcome(event.outcome),
        others=(),
    )
    return _part(said, event.client)


def _understood(reading: Reading, said_at: datetime, calendar: Calendar,
                source: tuple[int, int]) -> Understood:  # fmt: skip
    kind = ContactKind(reading.kind) if reading.kind != "none" else ContactKind.VISIT
    chat_id, message_id = source
    return Understood(
        intent=_intent(reading),
        text=reading.text,
        name="",
        kind=kind,
        said_at=said_at,
        when=When.of(reading.when) if reading.when else None,
        outcome=_outcome(reading.outcome),
        next_step=When.of(reading.follow_up) if reading.follow_up else None,
        next_kind=_step_kind(_clause_of_step(reading), kind if reading.kind != "none" else None),
        others=tuple(When.of(other) for other in reading.alternatives),
        details=_details(reading, calendar),
        chat_id=chat_id,
        message_id=message_id,
        kind_known=reading.kind != "none",
    )


def _intent(reading: Reading) -> str:
    """A text without a client that names a next step and nothing done is a plan."""
    if reading.intent == "none" and reading.kind == "none" and reading.follow_up is not None:
        return "plan"
    return reading.intent


def _outcome(code: str | None) -> Outcome | None:
    try:
        return Outcome(code) if code else None
    except ValueError:
        return None


def _clause_of_step(reading: Reading) -> str:
    """The clause that holds the next step's date: it says what the step is."""
    mention = next((d for d in reading.dates if d.role == "follow_up"), None)
    if mention is None:
        return reading.text
    start = 0
    for cut in _CLAUSE.finditer(reading.text):
        if cut.start() >= mention.end:
            return reading.text[start : cut.start()]
        if cut.end() <= mention.start:
            start = cut.end()
    return reading.text[start:]


def _step_kind(clause: str, kind: ContactKind | None) -> FollowUpKind:
    if _CALL.search(clause):
        return FollowUpKind.CALL
    if _TASK.search(clause):
        return FollowUpKind.TASK
    return FollowUpKind.CALL if kind is ContactKind.CALL else FollowUpKind.VISIT


def _details(reading: Reading, calendar: Calendar) -> dict[str, Any]:
    found: dict[str, Any] = {
        "amounts": [
            {"value": a.value, "currency": a.currency, "text": a.text} for a in reading.amounts
        ],
        "rates": [f"{r.value:g}{r.unit}" for r in reading.rates],
        "needs": [need.text for need in reading.needs],
        "people": [person.text for person in reading.people],
        "doubts": [d.text for d in reading.doubts if d.question == "amount_unit"],
        "marks": _marks(reading, calendar),
    }
    return {name: value for name, value in found.items() if value}


def _marks(reading: Reading, calendar: Calendar) -> list[str]:
    """What the writer should know about the day of the next step."""
    step = reading.follow_up
    if step is None:
        return []
    day: date = step.date() if isinstance(step, datetime) else step
    marks = [] if calendar.is_workday(day) else ["weekend"]
    if any(d.provisional for d in reading.dates if d.role == "follow_up"):
        marks.append("provisional")
    return marks
