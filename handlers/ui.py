"""How one reader is spoken to: language, zone, and buttons sealed for them."""

import functools
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date

from domain.people import Actor
from handlers.buttons import Press, Seal
from handlers.locale import sentence
from handlers.markup import LABEL, Html, fill
from handlers.reply import Key

_DAY = {"zh": "y年M月d日 EEE", "en": "EEE d MMM y"}
_SHORT_DAY = {"zh": "M月d日 EEE", "en": "EEE d MMM"}
_LOCALE = {"zh": "zh_Hans_CN", "en": "en_GB"}


@functools.lru_cache(maxsize=1000)
def _dated(day: date, pattern: str, lang: str) -> str:
    """The same few days are written all day long."""
    return format_date(day, pattern, locale=_LOCALE[lang])


@dataclass(frozen=True, slots=True)
class Ui:
    """Everything a view needs besides its facts. ``now`` is aware; days are the reader's own."""

    lang: str
    zone: ZoneInfo
    now: datetime
    seal: Seal
    currency: str = "CNY"
    repeat: bool = False  # this push may have been sent before (a crash in mid-flight)

    @classmethod
    def of(cls, actor: Actor, now: datetime, key: bytes, currency: str = "CNY") -> "Ui":
        """The reader ``actor`` at ``now``."""
        return cls(actor.lang, actor.zone, now, Seal(key, actor.telegram_id), currency)

    def t(self, key: str, /, **facts: object) -> Html:
        """The sentence under ``key``, its facts escaped. A fact ``n`` chooses the plural."""
        n = facts.get("n")
        return fill(sentence(self.lang, key, n if isinstance(n, int) else None), facts)

    def word(self, key: str, /, **facts: object) -> str:
        """A sentence as plain text: labels, toasts, file names."""
        n = facts.get("n")
        text = sentence(self.lang, key, n if isinstance(n, int) else None)
        return text.format_map(facts) if facts else text

    def key(self, label: str, press: Press, /, **facts: object) -> Key:
        """A button labelled by the catalogue."""
        return self.named(self.word(label, **facts), press)

    def named(self, label: str, press: Press) -> Key:
        """A button with a label of its own, cut to what fits a phone."""
        return Key(LABEL(label), data=self.seal.close(press))

    @property
    def today(self) -> date:
        """The reader's calendar day."""
        return self.now.astimezone(self.zone).date()

    def day(self, day: date) -> str:
        """A date in full, with weekday and year."""
        return _dated(day, _DAY[self.lang], self.lang)

    def short_day(self, day: date) -> str:
        """A date with weekday, with the year only when it is not this one."""
        pattern = _SHORT_DAY if day.year == self.today.year else _DAY
        return _dated(day, pattern[self.lang], self.lang)

    def moment(self, instant: datetime, timed: bool = True) -> str:
        """An instant in full on the reader's clock; only the date when no time was named."""
        local = instant.astimezone(self.zone)
        if not timed:
            return self.day(local.date())
        separator = " " if self.lang == "zh" else ", "
        return f"{self.day(local.date())}{separator}{local:%H:%M}"

    def money(self, amount: int | float | Decimal, currency: str | None = None) -> str:
        """An amount in digits with its currency."""
        value = Decimal(str(amount))
        digits = f"{value:,.2f}".removesuffix(".00")
        name = currency or self.currency
        return f"{name} {digits}"

    def ago(self, instant: datetime | None) -> Html:
        """How many of the reader's calendar days ago."""
        if instant is None:
            return self.t("ago.never")
        days = (self.today - instant.astimezone(self.zone).date()).days
        if days <= 0:
            return self.t("ago.today")
        return self.t("ago.yesterday") if days == 1 else self.t("ago.days", n=days)
