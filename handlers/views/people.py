"""Coming in, the menu, settings and leave."""

from datetime import date, timedelta

from domain.people import MONDAY_TO_FRIDAY, READING_ROLES, Actor, Role
from handlers.locale import sentence
from handlers.presses import (
    AskFind,
    EndLeave,
    LeaveCalendar,
    LeaveUntil,
    OpenExport,
    OpenHelp,
    OpenImport,
    OpenLog,
    OpenSettings,
    OpenTargets,
    OpenToday,
    SetHours,
    SetLanguage,
    SetNeutral,
    SetZone,
    TakeLeave,
)
from handlers.reply import Key, Reply
from handlers.ui import Ui
from handlers.views.common import calendar_rows, home_row, week_start
from services.people import Leave

ZONES = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Europe/London", "America/New_York", "UTC",
)  # fmt: skip
HOURS = (
    (9, 18, MONDAY_TO_FRIDAY),
    (8, 17, MONDAY_TO_FRIDAY),
    (9, 17, MONDAY_TO_FRIDAY),
    (9, 18, 0b0111111),
)


def stranger(lang: str) -> Reply:
    """One polite line."""
    return Reply(sentence(lang, "stranger"), protect=False)


def ask_language(ui: Ui, actor: Actor, *, onward: bool = True, edit: bool = False) -> Reply:
    """The first question; the guess stands first, with its mark."""
    order = (actor.lang, *(lang for lang in ("zh", "en") if lang != actor.lang))
    keys = tuple(
        _choice(ui, ui.word(f"language.{lang}"), SetLanguage(lang, onward), lang == actor.lang)
        for lang in order
    )
    if onward:
        text = ui.t("welcome.language", name=actor.name, role=ui.word(f"role.{actor.role}"))
        return Reply(text, (keys,), edit=edit, protect=False)
    return Reply(
        ui.t("settings.language"),
        (keys, home_row(ui, OpenSettings("home"))),
        edit=True,
        protect=False,
    )


def ask_zone(ui: Ui, actor: Actor, *, onward: bool = True) -> Reply:
    """The second question."""
    order = (actor.zone_name, *(zone for zone in ZONES if zone != actor.zone_name))[:6]
    keys = [
        _choice(ui, zone_name(ui, zone), SetZone(zone, onward), zone == actor.zone_name)
        for zone in order
    ]
    rows: list[tuple[Key, ...]] = [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
    if not onward:
        rows.append(home_row(ui, OpenSettings("home")))
    return Reply(ui.t("welcome.zone"), tuple(rows), edit=True, protect=False)


def ask_hours(ui: Ui, actor: Actor, *, onward: bool = True) -> Reply:
    """The third question."""
    mine = (actor.work_start.hour, actor.work_end.hour, actor.workdays)
    order = (mine, *(h for h in HOURS if h != mine))[:4]
    keys = [_choice(ui, _hours(ui, *h), SetHours(*h, onward), h == mine) for h in order]
    rows: list[tuple[Key, ...]] = [(key,) for key in keys[:3]]
    rows.append((keys[3],) if onward else home_row(ui, OpenSettings("home")))
    return Reply(ui.t("welcome.hours"), tuple(rows), edit=True, protect=False)


def _choice(ui: Ui, label: str, press: "SetLanguage | SetZone | SetHours", chosen: bool) -> Key:
    return ui.named(ui.word("chosen", label=label) if chosen else label, press)


def zone_name(ui: Ui, zone: str) -> str:
    """A zone as people say it."""
    if zone in ZONES:
        return ui.word(f"zone.{zone.lower().replace('/', '_')}")
    return zone.rpartition("/")[2].replace("_", " ")


def _hours(ui: Ui, start: int, end: int, days: int) -> str:
    key = "hours.six" if days == 0b0111111 else "hours.weekdays"
    return ui.word(key, start=f"{start:02}:00", end=f"{end:02}:00")


def onboarded(ui: Ui, actor: Actor) -> Reply:
    """The last screen names /today."""
    return Reply(ui.t("welcome.done"), menu_rows(ui, actor), edit=True, protect=False)


def menu_rows(ui: Ui, actor: Actor) -> tuple[tuple[Key, ...], ...]:
    """What the role can do, as buttons."""
    find = ui.key("button.find", AskFind())
    last = (ui.key("button.settings", OpenSettings("home")), ui.key("button.help", OpenHelp()))
    if actor.role in (Role.MANAGER, Role.LEAD):
        return (
            (ui.key("button.today", OpenToday(0)), ui.key("button.log", OpenLog(0))),
            (find, ui.key("button.targets", OpenTargets())),
            last,
        )
    if actor.role is Role.AUDITOR:
        return ((find,), last)
    return ((ui.key("button.import", OpenImport()),), last) if actor.role is Role.ADMIN else (last,)


def menu(ui: Ui, actor: Actor, *, edit: bool = False) -> Reply:
    """Home."""
    key = "home.title_admin" if actor.role is Role.ADMIN else "home.title"
    text = ui.t(key, name=actor.name, role=ui.word(f"role.{actor.role}"), today=ui.day(ui.today))
    return Reply(text, menu_rows(ui, actor), edit=edit, protect=False)


def help_page(ui: Ui, actor: Actor, *, edit: bool = False) -> Reply:
    """What is understood."""
    keys = {Role.MANAGER: "help.text", Role.LEAD: "help.text", Role.ADMIN: "help.admin"}
    text = ui.t(keys.get(actor.role, "help.reader"))
    return Reply(text, (home_row(ui),), edit=edit, protect=False)


def settings(ui: Ui, leave: Leave, *, edit: bool = False) -> Reply:
    """Everything one can set about oneself."""
    actor = leave.actor
    text = ui.t(
        "settings.title",
        language=ui.word(f"language.{actor.lang}"),
        zone=f"{zone_name(ui, actor.zone_name)} ({actor.zone_name})",
        hours=_hours(ui, actor.work_start.hour, actor.work_end.hour, actor.workdays),
        pushes=ui.word("settings.neutral" if actor.neutral_pushes else "settings.named"),
        leave=_leave(ui, leave),
    )
    rows: list[tuple[Key, ...]] = [
        (
            ui.key("settings.language", OpenSettings("language")),
            ui.key("settings.zone", OpenSettings("zone")),
        ),
        (
            ui.key("settings.hours", OpenSettings("hours")),
            ui.key("settings.pushes", OpenSettings("pushes")),
        ),
    ]
    more: list[Key] = []
    if actor.role in (Role.MANAGER, Role.LEAD):
        more.append(ui.key("settings.leave", OpenSettings("leave")))
    if actor.role in (Role.MANAGER, Role.LEAD, Role.ADMIN):
        more.append(ui.key("button.import", OpenImport()))
    if actor.role in READING_ROLES:
        more.append(ui.key("button.export", OpenExport()))
    if more:
        rows.append(tuple(more))
    return Reply(text, (*rows, home_row(ui)), edit=edit, protect=False)


def _leave(ui: Ui, leave: Leave) -> str:
    if leave.last is None:
        return ui.word("leave.none")
    key = "leave.until" if leave.stand_in else "leave.paused"
    return ui.word(key, last=ui.day(leave.last), stand_in=leave.stand_in or "")


def ask_neutral(ui: Ui, actor: Actor) -> Reply:
    """Whether clients' names may stand on a lock screen."""
    keys = tuple(
        ui.named(
            ui.word("chosen", label=ui.word(key))
            if actor.neutral_pushes is value
            else ui.word(key),
            SetNeutral(value),
        )
        for key, value in (("settings.named", False), ("settings.neutral", True))
    )
    return Reply(
        ui.t("settings.neutral_ask"),
        (*((key,) for key in keys), home_row(ui, OpenSettings("home"))),
        edit=True,
        protect=False,
    )


def ask_leave(ui: Ui, leave: Leave) -> Reply:
    """How long."""
    if leave.last is not None:
        rows = ((ui.key("leave.end", EndLeave()),), home_row(ui, OpenSettings("home")))
        return Reply(ui.t("settings.leave"), rows, edit=True, protect=False)
    today = ui.today
    spans = (("leave.today", 0), ("chip.three_days", 3), ("leave.week", 7), ("leave.fortnight", 14))
    chips = tuple(ui.key(key, LeaveUntil(today + timedelta(days=n))) for key, n in spans)
    rows2 = (
        chips,
        (ui.key("chip.calendar", LeaveCalendar(today)),),
        home_row(ui, OpenSettings("home")),
    )
    return Reply(ui.t("leave.ask"), rows2, edit=True, protect=False)


def leave_calendar(ui: Ui, start: date) -> Reply:
    """The sheet of days for the end of a leave."""
    rows = calendar_rows(ui, week_start(start), LeaveUntil, OpenSettings("leave"), LeaveCalendar)
    return Reply(ui.t("leave.ask"), rows, edit=True, protect=False)


def ask_stand_in(ui: Ui, last: date, colleagues: tuple[tuple[int, str], ...]) -> Reply:
    """Who stands in."""
    keys = [ui.named(name, TakeLeave(last, person_id)) for person_id, name in colleagues[:4]]
    rows: list[tuple[Key, ...]] = [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
    rows.append((ui.key("leave.pause", TakeLeave(last, None)),))
    rows.append(home_row(ui, OpenSettings("leave")))
    return Reply(ui.t("leave.who", last=ui.day(last)), tuple(rows), edit=True, protect=False)
