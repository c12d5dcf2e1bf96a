"""From a draft to what it becomes: a log, a plan, a client, a corrected field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from domain.clients import ClientKind
from domain.contacts import ContactKind, Outcome
from domain.followups import FollowUpKind
from domain.people import Actor
from services import clients, drafts, followups, targets, visits
from services.attachments import FileWish
from services.drafts import Begun
from services.followups import Acted, When
from services.seen import ClientLine
from services.visits import Logged, Wish


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text says, with its client still open or known. All of it survives as JSON."""

    intent: str  # log, plan, move, or search (only a name)
    text: str
    name: str
    kind: ContactKind
    said_at: datetime
    when: When | None
    outcome: Outcome | None
    next_step: When | None
    next_kind: FollowUpKind
    others: tuple[When, ...]
    details: Mapping[str, Any]
    chat_id: int | None
    message_id: int | None
    file: FileWish | None = None
    kind_known: bool = True  # whether the text says how one was in touch

    def as_json(self) -> dict[str, Any]:
        """For a draft."""
        return {
            "intent": self.intent, "text": self.text, "name": self.name, "kind": self.kind,
            "said_at": self.said_at.isoformat(), "when": _when_json(self.when),
            "outcome": self.outcome, "next_step": _when_json(self.next_step),
            "next_kind": self.next_kind, "others": [_when_json(o) for o in self.others],
            "details": dict(self.details), "chat_id": self.chat_id, "message_id": self.message_id,
            "file": self.file.as_json() if self.file else None,
            "kind_known": self.kind_known,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Understood":
        """From a draft."""
        return cls(
            intent=data["intent"],
            text=data["text"],
            name=data["name"],
            kind=ContactKind(data["kind"]),
            said_at=datetime.fromisoformat(data["said_at"]),
            when=_when(data["when"]),
            outcome=Outcome(data["outcome"]) if data["outcome"] else None,
            next_step=_when(data["next_step"]),
            next_kind=FollowUpKind(data["next_kind"]),
            others=tuple(o for o in map(_when, data["others"]) if o is not None),
            details=data["details"],
            chat_id=data["chat_id"],
            message_id=data["message_id"],
            file=FileWish.from_json(data["file"]) if data.get("file") else None,
            kind_known=data.get("kind_known", True),
        )

    @property
    def source(self) -> tuple[int, int] | None:
        """The chat message it was written in."""
        if self.chat_id is None or self.message_id is None:
            return None
        return self.chat_id, self.message_id

    @property
    def asks_kind(self) -> bool:
        """Whether something took place, but the text does not say how: by phone, in person?"""
        return self.is_log and not self.kind_known

    @property
    def is_log(self) -> bool:
        """Whether something took place, rather than being planned."""
        return self.intent not in ("plan", "move") or self.next_step is None

    def wish(self, client_id: int, called: str | None = None) -> Wish:
        """The contact to log once the client is known."""
        return Wish(
            client_id=client_id, kind=self.kind, said_at=self.said_at, note=self.text,
            when=self.when, outcome=self.outcome, next_step=self.next_step,
            next_kind=self.next_kind, others=self.others, details=self.details,
            chat_id=self.chat_id, message_id=self.message_id, called=called,
            file=self.file,
        )  # fmt: skip


def _when_json(when: When | None) -> list[str | None] | None:
    return [when.day.isoformat(), when.at.isoformat() if when.at else None] if when else None


def _when(data: list[str | None] | None) -> When | None:
    if data is None:
        return None
    day, at = data
    return When(datetime.fromisoformat(str(day)).date(), time.fromisoformat(at) if at else None)


Captured: TypeAlias = (
    "tuple[Logged, ...] | Acted | clients.NewClient | clients.Brief | Question | None"
)


def become(session: Session, actor: Actor, client_id: int, said: Understood, called: str | None,
           now: datetime) -> Captured:  # fmt: skip
    """Log or plan what was understood, with this client."""
    if said.intent == "search":
        return clients.brief(session, actor, client_id, now)
    if said.asks_kind:
        return ask_kind(session, actor, said, client_id, now)
    if said.intent not in ("plan", "move") or said.next_step is None:
        return visits.log(session, actor, (said.wish(client_id, called),), now)
    if called:
        clients.learn_alias(session, client_id, called)
    if said.intent == "move":
        return followups.move_next(session, actor, client_id, said.next_step, said.next_kind,
                                   said.text, now, source=said.source)  # fmt: skip
    return followups.plan(session, actor, client_id, said.next_kind, said.text, said.next_step, now,
                          source=said.source)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One client's part of a text: what was understood, and the clients it may mean."""

    said: Understood
    certain: int | None
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a text: contacts logged, steps planned, and what must be asked first."""

    logged: tuple[Logged, ...]
    planned: tuple[Acted, ...]
    questions: "tuple[Question, ...]"
    others: tuple[When, ...]


def take(
    session: Session,
    actor: Actor,
    parts: tuple[Part, ...],
    now: datetime,
    *,
    edited: bool = False,
) -> Taken:
    """Log and plan everything whose client is certain; keep the rest in drafts and ask.

    ``edited`` says that the message said something else before: an entry, perhaps.
    """
    if edited and parts[0].said.source is not None:
        targets.retract(session, actor, parts[0].said.source, now)
    sure = [p for p in parts if p.certain and p.said.is_log and not p.said.asks_kind]
    wishes = tuple(p.said.wish(p.certain) for p in sure if p.certain)
    planned: list[Acted] = []
    questions: list[Question] = []
    for part in parts:
        if part.certain is None:
            questions.append(ask(session, actor, part.said, part.candidates, now))
        elif part.said.asks_kind:
            questions.append(ask_kind(session, actor, part.said, part.certain, now))
        elif not part.said.is_log:
            done = become(session, actor, part.certain, part.said, None, now)
            assert isinstance(done, Acted)
            planned.append(done)
    logged = visits.log(session, actor, wishes, now) if wishes else ()
    return Taken(logged, tuple(planned), tuple(questions), parts[0].said.others)


def pick(session: Session, actor: Actor, draft_id: int, client_id: int, now: datetime) -> Captured:
    """The draft is about this client; the name used for it is remembered.

    None when the draft has already become something: a second tap changes nothing.
    """
    if not drafts.is_open(session, actor, draft_id):
        return None
    begun = drafts.open_draft(session, actor, draft_id, now)
    clients.see(session, actor, client_id, now)
    drafts.finish(session, draft_id)
    said = Understood.from_json(begun.data)
    return become(session, actor, client_id, said, said.name or None, now)


def new_client(session: Session, actor: Actor, draft_id: int, kind: ClientKind,
               now: datetime) -> Captured:  # fmt: skip
    """Enter the client that a draft names, then log or plan what the draft says.

    None when the draft has already become something: a second tap changes nothing.
    """
    if not drafts.is_open(session, actor, draft_id):
        return None
    begun = drafts.open_draft(session, actor, draft_id, now)
    drafts.finish(session, draft_id)
    made = enter(session, actor, str(begun.data["name"]), now, kind=kind)
    if begun.kind == "search":
        return made
    return become(session, actor, made.client.id, Understood.from_json(begun.data), None, now)


def create_named(session: Session, actor: Actor, begun: Begun, name: str,
                 now: datetime) -> clients.NewClient:  # fmt: skip
    """The name that /new asked for."""
    drafts.finish(session, begun.id)
    return enter(session, actor, name, now)


def enter(
    session: Session,
    actor: Actor,
    name: str,
    now: datetime,
    *,
    kind: ClientKind = ClientKind.CORPORATE,
) -> clients.NewClient:
    """Enter a client of one's own; it counts towards the target of new clients."""
    made = clients.create(session, actor, name, now, kind=kind)
    targets.after_change(session, actor.id, now)
    return made


def change_field(session: Session, actor: Actor, begun: Begun, value: str,
                 now: datetime) -> clients.Brief:  # fmt: skip
    """The value that a correction asked for."""
    drafts.finish(session, begun.id)
    return clients.change(session, actor, begun.data["client"], begun.data["field"], value, now)


@dataclass(frozen=True, slots=True)
class Question:
    """A text whose client is not certain: the draft that keeps it, and who it may be."""

    draft: Begun
    candidates: tuple[ClientLine, ...]
    name: str
    client: ClientLine | None = None  # known; only the kind of contact is asked for


def ask_kind(
    session: Session, actor: Actor, said: Understood, client_id: int, now: datetime
) -> Question:
    """The client is certain, but not how one was in touch: one tap tells."""
    client = clients.see(session, actor, client_id, now)
    begun = drafts.begin(session, actor, "log", said.as_json(), now)
    return Question(begun, (), said.name, clients.client_state(session, actor, client, now))


def log_kind(
    session: Session,
    actor: Actor,
    draft_id: int,
    client_id: int,
    kind: ContactKind,
    now: datetime,
) -> Captured:
    """The kept text was a contact of this kind."""
    if not drafts.is_open(session, actor, draft_id):
        return None
    begun = drafts.open_draft(session, actor, draft_id, now)
    drafts.finish(session, draft_id)
    said = replace(Understood.from_json(begun.data), kind=kind, kind_known=True)
    return become(session, actor, client_id, said, None, now)


def ask(session: Session, actor: Actor, said: Understood, candidate_ids: tuple[int, ...],
        now: datetime) -> Question:  # fmt: skip
    """Keep the text in a draft and offer up to four clients."""
    begun = drafts.begin(session, actor, "log", said.as_json(), now)
    if not candidate_ids and not said.name:
        return Question(begun, clients.recent(session, actor, 4, now), "")
    shown = []
    for client_id in candidate_ids[:4]:
        client = clients.see(session, actor, client_id, now)
        shown.append(clients.client_state(session, actor, client, now))
    return Question(begun, tuple(shown), said.name)
