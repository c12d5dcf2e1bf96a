"""Read what is said right after a card to put it right: 不对，是300万 · no, 300k · 应该是电话."""

from datetime import datetime

from domain.calendar import Calendar, Hours
from domain.quicklog.kinds import find_kinds
from domain.quicklog.patterns import lazy
from domain.quicklog.portfolio import Names
from domain.quicklog.read import read
from domain.quicklog.reading import Correction, Kind
from domain.quicklog.text import fold, lower

_OPENING = lazy(
    r"^\s*(?:不对|不是|错了|写错了|搞错了|说错了|打错了|记错了|更正|纠正|改正|修改"
    r"|应该是|应该|应为|改成|改为|改一下|是(?=\d|\ue000)|而是|口误|更改"
    r"|no\b|nope\b|wrong\b|sorry\b|correction\b|actually\b|i meant?\b|should (?:be"
    r"|read|have been)\b|make (?:it|that)\b|not\b|oops\b|it(?:'s| is| was)\b|change (?:it "
    r"|that )?to\b|typo\b)"
)
_INSTEAD = lazy(
    r"(?:不是|不要|并非)(?P<not>[^,.;]{1,12}?)[,.;\s]*(?:,|而)?(?:是|应该是|改成|应为)(?P<zh>.+)$"
    r"|\bnot (?P<nope>.{1,30}?)(?:,|;|\bbut\b|\s-)\s*(?:but |it's |it is |it was )?(?P<en>.+)$"
)
_LEAD = lazy(
    r"^[\s,.:;!]*(?:(?:不对|错了|写错了|搞错了|说错了|打错了|记错了|更正|纠正|改正"
    r"|修改|口误|应该是|应该|应为|改成|改为|更改|改一下|其实|是"
    r"|no|nope|wrong|sorry|correction|actually|i meant?|should (?:be|read|have been)"
    r"|make (?:it|that)|oops|it's|it is|it was|change (?:it |that )?to|typo|was"
    r"|the (?:amount|date) (?:is|was))(?![a-z])[\s,.:;!]*)+"
)
_CANCEL = lazy(
    r"^\s*(?:不对[,.]?\s*)?(?:取消|撤销|删除|删掉|作废|不算|别记|不要记)|^\s*(?:no[,.]?\s*)?(?:cancel"
    r"|undo|delete|remove|scrap|forget)\b(?: (?:it|that|this))?"
)


def correction(
    text: str,
    now: datetime,
    *,
    lang: str = "zh",
    calendar: Calendar | None = None,
    hours: Hours = Hours(),  # noqa: B008 - frozen, so shared safely
    names: Names | None = None,
    month_first: bool | None = None,
) -> Correction | None:
    """Read a correction; None when the text does not begin like one or names nothing to change."""
    folded = fold(text)
    lowered = lower(folded)
    if _CANCEL.match(lowered):
        return Correction(text, cancelled=True)
    if not _OPENING.match(lowered):
        return None
    start = _new_part(lowered)
    reading = read(
        text[start:],
        now,
        lang=lang,
        calendar=calendar,
        hours=hours,
        names=names,
        month_first=month_first,
    )
    kind: Kind | None = reading.kind if reading.kind != "none" else None
    if kind is None and not reading.dates:
        kind = _kind_word(lowered[start:])
    contact = next((one.value for one in reading.dates if one.role == "contact"), None)
    ahead = next((one.value for one in reading.dates if one.role != "contact"), None)
    made = Correction(
        text,
        amount=reading.amounts[0] if reading.amounts else None,
        follow_up=reading.follow_up or ahead,
        when=contact,
        kind=kind,
        client=reading.clients[0] if reading.clients else None,
        rate=reading.rates[0] if reading.rates else None,
        dates=reading.dates,
    )
    return made if _changes(made) else None


def _changes(made: Correction) -> bool:
    return any((made.amount, made.follow_up, made.when, made.kind, made.client, made.rate))


def _new_part(lowered: str) -> int:
    """Find where the new value begins; the old one (不是下周三, not 3M) is left out."""
    instead = _INSTEAD.search(lowered)
    if instead:
        return instead.start("zh") if instead["zh"] else instead.start("en")
    lead = _LEAD.match(lowered)
    return lead.end() if lead else 0


def _kind_word(lowered: str) -> Kind | None:
    hits = find_kinds(lowered)
    return hits[0].kind if len(hits) == 1 and len(lowered.strip()) <= 24 else None
