"""What each date of a text is for, and which way a loose one looks.

The words after a Chinese date and before an English one decide first; the clause as a whole next;
the kind of the text last.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.quicklog.clauses import EVENT, MATURITY, PAST, PLAN, PROMISE, TODO, WISH, Clause
from domain.quicklog.kinds import KindHit
from domain.quicklog.patterns import lazy
from domain.quicklog.period import COARSE, Context, Period, clock_time, part_time
from domain.quicklog.reading import Moment, Role
from domain.quicklog.tokens import Token

# A month and day that went by so long ago is the coming one, whatever the tense says.
_LONG_AGO = 60
_MAYBE = lazy(r"可能|也许|或许|预计|估计会|\b(?:might|could|perhaps|expected to|forecast)\b")
# What we do ourselves about an event: 放款前再去, 开业那天上门.
_OWN = lazy(
    r"再[去谈约打联]|拜访|走访|上门|跟进|回访|联系|去(?:一趟|看|谈|送|现场)|电话|打给|提醒|送"
)


_DUE_BEFORE = lazy(r"(?:到期日?|到期在|due|matur\w+|expir\w+)\W{0,3}(?:on |in |is |at )?$")
_THEIRS = lazy(r"\s*(?:他|她|客户|对方)(?:会|来|把)")
_WISHED_ZH = lazy(r"(?:客户|对方|[^\W\d_]总|老板|他们)(?:要求|希望|想要?|需要|要)[^,]{0,6}$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date phrase in its clause."""

    token: Token
    clause: Clause
    before: str
    after: str

    @property
    def period(self) -> Period:
        """The phrase's meaning."""
        value: Period = self.token.value
        return value


def place(tokens: list[Token], clauses: list[Clause], lowered: str) -> list[Dated]:
    """Put each phrase into its clause with the words on either side, up to the next phrase."""
    placed = []
    for token in tokens:
        clause = next(c for c in clauses if c.start <= token.start < c.end)
        left = max(
            [t.end for t in tokens if t.end <= token.start and t.end >= clause.start]
            or [clause.start]
        )
        right = min([t.start for t in tokens if token.end <= t.start <= clause.end] or [clause.end])
        placed.append(Dated(token, clause, lowered[left : token.start], lowered[token.end : right]))
    return placed


def role_of(dated: Dated, context: Context, kinds: list[KindHit], planning: bool) -> Role:
    """Decide what a date is for."""
    period, before, after = dated.period, dated.before, dated.after
    around = before + "|" + after
    if MATURITY.search(after[:12]) or _DUE_BEFORE.search(before):
        return "maturity"
    if _past_only(period, context):
        return "contact" if _contact_near(dated, kinds) else "event"
    if _reported_today(dated, context, kinds):
        return "contact"
    if _MAYBE.search(around):
        return "event"
    if EVENT.search(after[:10]) or EVENT.search(before[-14:]):
        return "follow_up" if _OWN.search(after) else "event"
    latin = dated.token.raw.isascii() and dated.token.raw[:1].isalpha()
    near, far = (before, after) if latin else (after, before)
    if _promised(before, after):
        return "deadline" if period.limit else "promise"
    if TODO.search(near):
        return "todo"
    if _wished(before, after, latin):
        return "deadline"
    if PLAN.search(near) and not (PAST.search(near) and not _future_only(period, context)):
        return "follow_up"
    if _future_only(period, context):
        return "follow_up"
    if _contact_near(dated, kinds) and not planning:
        return "contact"
    if PLAN.search(far) or planning or not kinds:
        return "follow_up"
    return "contact" if PAST.search(around) else "follow_up"


def _promised(before: str, after: str) -> bool:
    return bool(PROMISE.search(before + "_" + after[:12])) or bool(_THEIRS.match(after))


def _wished(before: str, after: str, latin: bool) -> bool:
    if latin:
        return bool(WISH.search(before))
    return bool(_WISHED_ZH.search(before))


def _past_only(period: Period, context: Context) -> bool:
    if period.at is not None:
        return period.at < context.now
    return period.ahead[1] < context.today and period.back[1] < context.today


def _future_only(period: Period, context: Context) -> bool:
    if period.at is not None:
        return period.at > context.now
    if period.tense > 0 or (period.back[0] > context.today and period.ahead[0] > context.today):
        return True
    gone = (context.today - period.back[0]).days
    return gone > _LONG_AGO and (period.ahead[0] - context.today).days < gone


def _reported_today(dated: Dated, context: Context, kinds: list[KindHit]) -> bool:
    """Tell whether a day up to today stands in the clause of a contact that took place."""
    period, clause = dated.period, dated.clause
    if _future_only(period, context) or period.loose or period.limit is not None:
        return False
    near = any(clause.start <= hit.start < clause.end for hit in kinds)
    return near and period.ahead[0] <= context.today


def _contact_near(dated: Dated, kinds: list[KindHit]) -> bool:
    clause = dated.clause
    own, text = dated.token, clause.text
    rest = text[: own.start - clause.start] + "|" + text[own.end - clause.start :]
    return any(clause.start <= hit.start < clause.end for hit in kinds) or bool(PAST.search(rest))


def moment_of(period: Period, role: Role, context: Context) -> Moment:
    """Resolve a phrase for its role: contacts look back, everything else ahead."""
    back = role == "contact"
    first, last = period.back if back else period.ahead
    if period.at is not None:
        return period.at
    day = first
    ends = period.limit in {"by", "within"} or (role == "deadline" and period.grain in COARSE)
    if not back and (ends or period.edge) and last > first:
        day = last
    if period.grain in COARSE and not back and first < context.today <= last:
        day = last
    if period.clock is not None:
        return clock_time(day, period.clock)
    if period.part is not None:
        moment = datetime.combine(day, part_time(period.part, context.hours))
        return moment + timedelta(1) if period.part == "midnight" else moment
    return day


def others_of(period: Period, role: Role, context: Context) -> tuple[Moment, ...]:
    """List the other usual readings, with the same time of day."""
    others: list[Moment] = []
    for day in period.others:
        moved = Period("day", (day, day), (day, day), clock=period.clock, part=period.part)
        others.append(moment_of(moved, role, context))
    return tuple(others)
