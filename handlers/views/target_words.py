"""How targets are put into words: names, amounts, bars, and what is still needed."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from babel.dates import format_date

from domain.figures import Figure
from domain.pace import WORK_WEEK, Pace
from domain.targets import COUNTED, MONEY, MONTHS, VISITS, Level, Period, Span
from handlers.markup import Html, join, lines
from handlers.presses import OpenClient
from handlers.reply import Key
from handlers.ui import Ui
from services.targets import ClientToSee, Standing

NAMED = COUNTED | MONEY | {"fees", "wealth", "payroll", "cards"}
IN_MONEY = MONEY | {"fees", "wealth", "payroll"}
CELLS = 10
SPANS = {months: span for span, months in MONTHS.items()}
_LOCALE = {"zh": "zh_Hans_CN", "en": "en_GB"}


def metric_name(ui: Ui, metric: str) -> str:
    """A metric as the bank says it; one of its own goes by the name it was configured with."""
    return ui.word(f"metric.{metric}") if metric in NAMED else metric


def level_name(ui: Ui, level: Level) -> str:
    """基本, 进取, 挑战."""
    return ui.word(f"level.{level}")


def period_name(ui: Ui, period: Period) -> str:
    """A period in full, with its year."""
    first = period.start
    month = format_date(first, "LLLL", locale=_LOCALE[ui.lang])
    return ui.word(
        f"period.{period.span}", year=first.year, month=month, number=first.month,
        quarter=(first.month + 2) // 3,
    )  # fmt: skip


def digits(value: Decimal) -> str:
    """A number in digits, grouped."""
    return f"{value:,.2f}".removesuffix(".00")


def amount(ui: Ui, metric: str, value: Decimal) -> str:
    """A figure of this metric: money with its currency, anything else as a bare number."""
    return ui.money(value) if metric in IN_MONEY else digits(value)


def about(ui: Ui, metric: str, value: Decimal, rounding: str = ROUND_FLOOR) -> str:
    """A figure that was computed: money in whole units, never shown as more than it is."""
    if metric not in IN_MONEY:
        return digits(value)
    return ui.money(value.to_integral_value(rounding))


def counted(ui: Ui, metric: str, value: Decimal) -> str:
    """A figure with what it counts: 3 visits, CNY 500,000."""
    if metric in COUNTED:
        return ui.word(f"count.{metric}", n=int(value))
    return about(ui, metric, value, ROUND_CEILING)


def compact(ui: Ui, metric: str, value: Decimal) -> str:
    """A figure short enough for a picture: 3,120万, 31.2M."""
    if metric not in IN_MONEY:
        return digits(value)
    steps = ((8, "亿"), (4, "万")) if ui.lang == "zh" else ((9, "B"), (6, "M"), (3, "K"))
    for power, unit in steps:
        if abs(value) >= Decimal(10) ** power:
            short = (value / Decimal(10) ** power).quantize(Decimal("0.01"))
            return f"{short:,.2f}".rstrip("0").rstrip(".") + unit
    return digits(value)


def bar(percent: int) -> str:
    """A bar of ten cells; it is full at 100 only, and empty at 0 only."""
    full = min(CELLS, max(percent * CELLS // 100, int(percent > 0)))
    return "▰" * full + "▱" * (CELLS - full)


def share(value: float) -> int:
    """A share as whole per cent."""
    return int(value * 100)


def pace_line(ui: Ui, pace: Pace) -> Html:
    """Working days, with calendar days beside them."""
    return ui.t(
        "targets.pace", gone=pace.work_gone, days=pace.work_days, percent=share(pace.share),
        calendar=share(pace.calendar_share),
    )  # fmt: skip


def needed(ui: Ui, standing: Standing) -> Html | None:
    """What is missing, per week, or by the end when that is near."""
    if standing.raise_to is not None:
        return ui.t(
            "need.balance", amount=about(ui, standing.metric, standing.raise_to, ROUND_CEILING)
        )
    if standing.week is None:
        return None
    if standing.pace.work_left <= WORK_WEEK:
        what = counted(ui, standing.metric, standing.gap)
        return ui.t("need.rest", what=what, end=ui.short_day(standing.period.end))
    return ui.t("need.week", what=counted(ui, standing.metric, standing.week))


def level_line(ui: Ui, standing: Standing) -> Html | None:
    """The level that is reached, and the next one."""
    parts = []
    if standing.reached is not None:
        parts.append(ui.t("targets.reached", level=level_name(ui, standing.reached)))
    if standing.reached is not None and standing.gap:
        goal = amount(ui, standing.metric, standing.goal)
        parts.append(ui.t("targets.next_level", level=level_name(ui, standing.aim), goal=goal))
    return join(" · ", parts) if parts else None


def pace_word(ui: Ui, standing: Standing) -> Html | None:
    """Ahead or behind; nothing once the base level is reached or the period is over."""
    if standing.reached is not None or standing.pace.over:
        return None
    return ui.t("targets.on_pace" if standing.on_pace else "targets.behind")


def source_line(ui: Ui, metric: str, figure: Figure) -> Html | None:
    """Where a reported figure comes from, each source with its as-of date."""
    parts = []
    if figure.core_as_of is not None:
        core = about(ui, metric, figure.core)
        parts.append(ui.t("source.core", amount=core, day=ui.short_day(figure.core_as_of)))
    if figure.as_of is not None and (figure.reported or figure.core_as_of is None):
        own = about(ui, metric, figure.reported)
        parts.append(ui.t("source.self", amount=own, day=ui.short_day(figure.as_of)))
    if figure.difference:
        sign = "+" if figure.difference > 0 else "−"
        gap = sign + about(ui, metric, abs(figure.difference))
        parts.append(ui.t("source.difference", amount=gap))
    return join(" · ", parts) if parts else None


def standing_block(ui: Ui, s: Standing) -> Html:
    """A target in a few lines: bar, figures, pace, what is needed, where it comes from."""
    facts = {
        "metric": metric_name(ui, s.metric), "bar": bar(s.percent), "percent": s.percent,
        "actual": about(ui, s.metric, s.figure.amount), "goal": digits(s.levels.base),
    }  # fmt: skip
    going = [part for part in (pace_word(ui, s), needed(ui, s)) if part]
    balance = None
    if s.figure.balance is not None:
        balance = ui.t("targets.balance", amount=amount(ui, s.metric, s.figure.balance))
    return lines(
        ui.t("targets.bar", **facts), ui.t("targets.figures", **facts), level_line(ui, s),
        join(" · ", going) if going else None, balance, source_line(ui, s.metric, s.figure),
    )  # fmt: skip


def short_line(ui: Ui, s: Standing) -> Html:
    """A target in one line."""
    return ui.t(
        "targets.short", metric=metric_name(ui, s.metric), bar=bar(s.percent), percent=s.percent,
        actual=about(ui, s.metric, s.figure.amount), goal=digits(s.levels.base),
        period=period_name(ui, s.period),
    )  # fmt: skip


def people_head(ui: Ui, found: Sequence[Standing]) -> Html:
    """The gap told as people: “5 visits a week needed” stands above the clients."""
    visits = next((s for s in found if s.metric == VISITS and s.week is not None), None)
    what = needed(ui, visits) if visits is not None else None
    return ui.t("to_see.visits", needed=what) if what else ui.t("to_see.head")


def client_lines(ui: Ui, clients: Sequence[ClientToSee]) -> Html:
    """Numbered clients with the reason for each."""
    return lines(*(_client_line(ui, n, client) for n, client in enumerate(clients, 1)))


def _client_line(ui: Ui, place: int, client: ClientToSee) -> Html:
    day = None if client.days is None else ui.now - timedelta(days=client.days)
    line = ui.t("to_see.line", place=place, band=ui.word(f"band.{client.band}"),
                name=client.name, ago=ui.ago(day))  # fmt: skip
    if client.need is None:
        return line
    key = "to_see.interested" if client.interested else "to_see.need"
    return join(" · ", (line, ui.t(key, need=client.need)))


def client_keys(ui: Ui, clients: Sequence[ClientToSee]) -> tuple[Key, ...]:
    """One button a client, numbered as in the text."""
    return tuple(ui.named(str(n), OpenClient(c.id)) for n, c in enumerate(clients, 1))


def span_of(months: int) -> Span:
    """The span that a button names by its months. Raises ``KeyError`` for a forged one."""
    return SPANS[months]
