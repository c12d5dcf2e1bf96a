"""Tell a contact that took place from one that is meant to."""

from domain.quicklog.clauses import PAST, Clause
from domain.quicklog.kinds import KindHit
from domain.quicklog.outcome import find_outcome
from domain.quicklog.patterns import lazy
from domain.quicklog.period import Context, Period
from domain.quicklog.tokens import Token

_BEFORE_ZH = lazy(
    r"(?:约(?:了|好|定|在)?|预约|准备|打算|计划|安排|要|想|将|待|再|记得|别忘|提醒"
    r"|下次|改天|回头|等(?:.{0,6})再|需要?|得|去|应|请|让|催|尽快|联系.{0,4})[^,.;]{0,5}$"
)
_AFTER_DONE_ZH = lazy(r"(?:了(?!解)|过|完)")
_BEFORE_EN = lazy(
    r"(?:\bto|\bwill|'ll|\bshould|\bmust|\bneed to|\blet's|\bplan(?:ning)? to|\bgoing to"
    r"|\bbook(?:ed)?(?: in)?(?: a| the)?|\bschedul\w+(?: a| the)?|\barrang\w+(?: a"
    r"| the)?"
    r"|\bset up(?: a| the)?|\bnext|\bfollow[- ]up|\bthen|\bremind me to|\bplease"
    r"|\bfix(?:ed)?(?: a)?|\bagreed(?: a| to)?|\bsuggest\w*(?: a)?|\bnew|\banother"
    r"|\bhas a|\bhave a|\bgot a|\bpencil\w*(?: in)?(?: a)?)\s*(?:quick |short |site "
    r"|review |follow-up )?$"
)
_PAST_FORM = lazy(
    r"ed\b|\b(?:met|saw|seen|spoke|rang|went|came|left|just|back from|was|wrote"
    r"|caught|sat|rung|swung|walked|had|tried|dropped|out of)"
)
_BASE_FORM = lazy(
    r"(?:visit|call|ring|phone|text|e-?mail|meet|message|msg|see|drop by|pop in"
    r"|stop by|swing by|go to|ping|wechat|whatsapp|meeting|mtg|lunch|dinner|coffee"
    r"|breakfast|zoom|catch[- ]?up|chat|site visit|teams call|video call|conference call"
    r"|drinks|calls|meetings)$"
)
_CALLED_OFF = lazy(
    r"[^,.;]{0,40}?(?:\b(?:cancell?ed|called off|fell through|rebooked|postponed|next time)\b"
    r"|取消|泡汤|黄了|没成行)"
)


_DONE_ZH = lazy("了(?!解)|过|完|刚|出来|回来|见到|来访|都跑")
_TO_BE = lazy(r"\b(?:to be|will be|get)\s*$")
_HAD = lazy(r"\b(?:had|after|did|great|good)\b[^,]*$")


_ORDER = lazy(r"(?:call|ring|phone|e-?mail|text|see|meet|chase|visit)$")


def is_planned(
    hit: KindHit,
    kinds: list[KindHit],
    tokens: list[Token],
    clauses: list[Clause],
    lowered: str,
    context: Context,
) -> bool:
    """Tell whether a kind word speaks of something still to come."""
    if _CALLED_OFF.match(lowered, hit.end) or (
        len(kinds) > 1 and lowered[hit.end : hit.end + 1] == "的"
    ):
        return True
    clause = next(c for c in clauses if c.start <= hit.start < c.end)
    near = [
        t for t in tokens if clause.start <= t.start < clause.end and isinstance(t.value, Period)
    ]
    before = lowered[clause.start : hit.start]
    if hit.word.isascii():
        return _english(hit, kinds, near, clauses, clause, before, lowered, context)
    return _chinese(hit, near, clause, before, lowered, context)


def _chinese(
    hit: KindHit, near: list[Token], clause: Clause, before: str, lowered: str, context: Context
) -> bool:
    done = bool(_DONE_ZH.search(hit.word)) or bool(_AFTER_DONE_ZH.match(lowered, hit.end))
    earlier = [t for t in near if t.end <= hit.start]
    if earlier and future(earlier[-1].value, context):
        return True
    if done:
        return False
    if _BEFORE_ZH.search(before[-8:]):
        return True
    later = [t for t in near if t.start >= hit.end]
    if later and future(later[0].value, context) and not PAST.search(lowered):
        return True
    loose = [t for t in near if t.value.loose]
    return bool(loose) and not PAST.search(lowered) and not earlier_today(near, context)


def earlier_today(near: list[Token], context: Context) -> bool:
    """Tell whether a date beside the kind word is past or today."""
    return any(not t.value.loose and t.value.ahead[0] <= context.today for t in near)


def future(period: Period, context: Context) -> bool:
    """Tell whether a phrase can only lie ahead (limits count: 月底前 is ahead)."""
    if period.at is not None:
        return period.at > context.now
    if period.limit in {"by", "within", "after"} and period.ahead[1] >= context.today:
        return True
    if period.tense > 0:
        return True
    if period.back[0] > context.today:
        return True
    return period.ahead[0] == context.today and period.clock is not None and _later(period, context)


def _later(period: Period, context: Context) -> bool:
    clock = period.clock
    return clock is not None and (clock.hour, clock.minute) > (context.now.hour, context.now.minute)


def _english(
    hit: KindHit,
    kinds: list[KindHit],
    near: list[Token],
    clauses: list[Clause],
    clause: Clause,
    before: str,
    lowered: str,
    context: Context,
) -> bool:
    if _PAST_FORM.search(hit.word):
        return bool(_TO_BE.search(before))
    if _BEFORE_EN.search(before):
        return True
    if any(
        future(t.value, context) for t in near if not (t.end <= hit.start and not _leads(t, clause))
    ):
        return not _had(before)
    first = hit is kinds[0]
    if first and len(clauses) == 1 and _ORDER.match(hit.word) and not before.strip():
        return not PAST.search(lowered) and find_outcome(lowered, "none") is None
    if not first and _BASE_FORM.match(hit.word) and not before.strip():
        return True
    if first and any(t.value.loose for t in near):
        return not PAST.search(lowered)
    if not first and hit.word in {"call", "ring", "email", "text", "visit", "meet", "see", "phone"}:
        return any(PAST.search(k.word) for k in kinds[: kinds.index(hit)]) or bool(near)
    return False


def _leads(token: Token, clause: Clause) -> bool:
    return token.start == clause.start


def _had(before: str) -> bool:
    return bool(_HAD.search(before))
