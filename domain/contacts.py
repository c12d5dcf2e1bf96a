"""Contacts: what kind it was and what came of it."""

from enum import StrEnum


class ContactKind(StrEnum):
    """How one met the client."""

    VISIT = "visit"
    CALL = "call"
    MESSAGE = "message"
    MEETING = "meeting"


class Outcome(StrEnum):
    """What came of it."""

    MET = "met"
    NOT_MET = "not_met"
    NO_ANSWER = "no_answer"
    INTERESTED = "interested"
    NO_NEED = "no_need"
    DECLINED = "declined"


MISSED = frozenset({Outcome.NOT_MET, Outcome.NO_ANSWER})
IN_PERSON = frozenset({ContactKind.VISIT, ContactKind.MEETING})


def counts_as_contact(outcome: Outcome | None) -> bool:
    """A missed visit or an unanswered call is logged, but resets no clock."""
    return outcome not in MISSED


def counts_as_meeting(kind: ContactKind, outcome: Outcome | None) -> bool:
    """Only meeting in person resets the second clock (面访)."""
    return kind in IN_PERSON and counts_as_contact(outcome)


def outcomes_for(kind: ContactKind) -> tuple[Outcome, ...]:
    """The outcome chips that fit a kind, the usual one first."""
    missed = Outcome.NO_ANSWER if kind is ContactKind.CALL else Outcome.NOT_MET
    common = (Outcome.INTERESTED, Outcome.NO_NEED, Outcome.DECLINED)
    return common if kind is ContactKind.MESSAGE else (*common, missed)
