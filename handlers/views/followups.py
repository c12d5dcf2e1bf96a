"""What a follow-up looks like: as a push that is the form, on a list, and after a press."""

from datetime import date

from domain.followups import FITTING, Action, FollowUpState, Step
from handlers.markup import Html, blocks, join, lines, plain, quote
from handlers.presses import (
    AllFollowUps,
    CancelFollowUp,
    FollowUpAct,
    LogFor,
    MoveCalendar,
    MoveTo,
    OpenClient,
    OpenFollowUp,
    OpenSnooze,
    OpenToday,
    PlanCalendar,
    PlanDay,
    PlanFor,
    PlanStep,
    SnoozeTo,
    WorkThrough,
)
from handlers.reply import Key, Reply, Rows
from handlers.ui import Ui
from handlers.views import clients as client_views
from handlers.views.common import (
    band_mark,
    calendar_rows,
    due_text,
    home_row,
    months,
    short,
    week_start,
    what_of,
)
from services.clients import Brief
from services.followups import Acted, Snooze
from services.reminders import Due, Walk
from services.seen import FollowUpLine
from services.today import Item, Plan, Today, Why


def due_push(ui: Ui, due: Due, neutral: bool) -> Reply:
    """The push of a follow-up: one tap logs it."""
    if neutral:
        show = (ui.key("due.show", OpenFollowUp(due.followup.id)),)
        return Reply(ui.t("due.neutral"), (show,))
    head = _head(ui, due.followup)
    if due.late:
        head = join(" ", [head, ui.t("due.late")])
    text = lines(head, ui.t("due.for", person=due.for_whom) if due.for_whom else None)
    return Reply(text, _form_rows(ui, due.followup, (*home_row(ui),)))


def walk_push(ui: Ui, walk: Walk, neutral: bool) -> Reply:
    """The brief that comes before a planned visit."""
    if neutral:
        return due_push(ui, Due(walk.followup, False, None), neutral=True)
    minutes = max(1, round((walk.followup.due_at - ui.now).total_seconds() / 60))
    return client_views.brief(ui, walk.brief, head=ui.t("due.brief", n=minutes))


def _head(ui: Ui, followup: FollowUpLine) -> Html:
    what = short(followup.what, 60) or ui.word(f"followup.{followup.kind}")
    return ui.t("due.head", client=followup.client, what=what, when=_due_in_words(ui, followup))


def _due_in_words(ui: Ui, followup: FollowUpLine) -> str:
    local = followup.due_at.astimezone(ui.zone)
    days = (followup.due_day - ui.today).days
    if days == 0:
        return (
            ui.word("due.today_at", time=f"{local:%H:%M}")
            if followup.timed
            else ui.word("due.today")
        )
    if days < 0:
        return ui.word("due.overdue", n=-days)
    return due_text(ui, followup)


def _form_rows(ui: Ui, followup: FollowUpLine, last: tuple[Key, ...]) -> Rows:
    actions = tuple(
        ui.key(f"action.{action}", _action(followup, action)) for action in FITTING[followup.kind]
    )
    rows = [actions[:2], actions[2:]]
    rows.append(
        (
            ui.key("action.move", MoveCalendar(followup.id, followup.version, followup.due_day)),
            ui.key("action.cancel", CancelFollowUp(followup.id, followup.version)),
        )
    )
    if followup.client_id is not None:
        last = (ui.key("button.brief", OpenClient(followup.client_id)), *last)
    return tuple(row for row in (*rows, last) if row)


def _action(followup: FollowUpLine, action: Action) -> OpenSnooze | FollowUpAct:
    if action is Action.LATER:
        return OpenSnooze(followup.id)
    return FollowUpAct(followup.id, followup.version, action)


def form(ui: Ui, acted: Acted) -> Reply:
    """A follow-up as it stands: the form while it is open, otherwise what became of it."""
    followup = acted.followup
    toast = None if acted.fresh else ui.word("changed.toast")
    if followup.state is FollowUpState.OPEN:
        text = lines(_head(ui, followup), plain(f"🗓 {due_text(ui, followup)}"))
        return Reply(text, _form_rows(ui, followup, home_row(ui)), edit=True, toast=toast)
    key = "due.done_state" if followup.state is FollowUpState.DONE else "due.cancelled_state"
    what = short(followup.what, 60) or ui.word(f"followup.{followup.kind}")
    rows = ((ui.key("button.today", OpenToday(0)), *home_row(ui)),)
    return Reply(ui.t(key, client=followup.client, what=what), rows, edit=True, toast=toast)


def snooze_chips(ui: Ui, acted: Acted) -> Reply:
    """When to be reminded again."""
    followup = acted.followup
    if followup.state is not FollowUpState.OPEN:
        return form(ui, acted)
    choices = (Snooze.HOUR, Snooze.AFTERNOON, Snooze.TOMORROW, Snooze.MONDAY)
    chips = tuple(
        ui.key(f"snooze.{c}", SnoozeTo(followup.id, followup.version, c)) for c in choices
    )
    text = lines(_head(ui, followup), ui.t("snooze.title"))
    rows = (chips[:2], chips[2:], home_row(ui, OpenFollowUp(followup.id)))
    return Reply(text, rows, edit=True)


def snoozed(ui: Ui, acted: Acted, until: str) -> Reply:
    """When it comes again."""
    if not acted.fresh:
        return form(ui, acted)
    rows = (
        (
            ui.key(
                "action.move", MoveCalendar(acted.followup.id, acted.followup.version, ui.today)
            ),
            *home_row(ui, OpenFollowUp(acted.followup.id)),
        ),
    )
    return Reply(ui.t("due.snoozed", client=acted.followup.client, when=until), rows, edit=True)


def moved(ui: Ui, acted: Acted, *, edit: bool = True) -> Reply:
    """The new appointment in full."""
    if not acted.fresh:
        return form(ui, acted)
    followup = acted.followup
    rows = (
        (
            ui.key("action.cancel", CancelFollowUp(followup.id, followup.version)),
            *home_row(ui, OpenFollowUp(followup.id)),
        ),
    )
    text = ui.t("due.moved", client=followup.client, when=due_text(ui, followup))
    return Reply(text, rows, edit=edit)


def plan_line(ui: Ui, acted: Acted) -> Html:
    """A planned step in full, without buttons."""
    followup = acted.followup
    key = "due.planned" if acted.fresh else "due.planned_again"
    what = quote(short(followup.what, 300)) if followup.what else None
    head = ui.t(
        key,
        client=followup.client,
        kind=ui.word(f"followup.{followup.kind}"),
        when=due_text(ui, followup),
    )
    return lines(head, what)


def planned(
    ui: Ui, acted: Acted, *, edit: bool = False, others: tuple[tuple[date, int | None], ...] = ()
) -> Reply:
    """A planned next step, echoed in full."""
    followup = acted.followup
    text = plan_line(ui, acted)
    alternatives = tuple(
        ui.named(
            ui.word("chip.other", when=ui.short_day(day)),
            MoveTo(followup.id, followup.version, day, minutes),
        )
        for day, minutes in others[:2]
    )
    rows: list[tuple[Key, ...]] = [alternatives] if alternatives else []
    rows.append(
        (
            ui.key("action.move", MoveCalendar(followup.id, followup.version, followup.due_day)),
            ui.key("action.cancel", CancelFollowUp(followup.id, followup.version)),
        )
    )
    brief = (ui.key("button.brief", OpenClient(followup.client_id)),) if followup.client_id else ()
    rows.append((*brief, *home_row(ui)))
    return Reply(text, tuple(rows), edit=edit)


def move_calendar(ui: Ui, acted: Acted, start: date) -> Reply:
    """The sheet of days to move a follow-up to."""
    followup = acted.followup
    if followup.state is not FollowUpState.OPEN:
        return form(ui, acted)
    monday = week_start(max(start, ui.today))
    local = followup.due_at.astimezone(ui.zone)
    minutes = local.hour * 60 + local.minute if followup.timed else None
    rows = calendar_rows(
        ui,
        monday,
        lambda day: MoveTo(followup.id, followup.version, day, minutes),
        OpenFollowUp(followup.id),
        lambda first: MoveCalendar(followup.id, followup.version, first),
    )
    text = lines(_head(ui, followup), ui.t("calendar.title"), plain(months(ui, monday)))
    return Reply(text, rows, edit=True)


def plan_chips(ui: Ui, page: Brief) -> Reply:
    """When to follow a client up."""
    client = page.client
    chips = tuple(
        ui.key(f"chip.{step}", PlanStep(client.id, client.version, step)) for step in Step
    )
    more = (ui.key("chip.calendar", PlanCalendar(client.id, client.version, ui.today)),)
    rows = (chips, more, home_row(ui, OpenClient(client.id)))
    return Reply(ui.t("plan.when", client=client.name), rows, edit=True)


def plan_calendar(ui: Ui, page: Brief, start: date) -> Reply:
    """The sheet of days to follow a client up on."""
    client, monday = page.client, week_start(max(start, ui.today))
    rows = calendar_rows(
        ui,
        monday,
        lambda day: PlanDay(client.id, client.version, day),
        PlanFor(client.id),
        lambda first: PlanCalendar(client.id, client.version, first),
    )
    text = lines(ui.t("plan.when", client=client.name), plain(months(ui, monday)))
    return Reply(text, rows, edit=True)


def today(ui: Ui, list_: Today, *, edit: bool = False, title: str = "today.title") -> Reply:
    """The ranked list of today; every item opens by its number."""
    head = ui.t(title, today=ui.day(ui.today))
    counts = ui.t(
        "today.counts",
        overdue=list_.overdue,
        due=list_.due,
        neglected=list_.neglected,
        contacts=list_.contacts_today,
    )
    if not list_.items:
        empty = ((ui.key("button.all_followups", AllFollowUps(0)), *home_row(ui)),)
        return Reply(blocks(head, ui.t("today.empty")), empty, edit=edit)
    first = list_.page * 5 + 1
    listed = lines(*(_item(ui, place, item) for place, item in enumerate(list_.items, first)))
    numbers = tuple(
        ui.named(str(place), _open(item)) for place, item in enumerate(list_.items, first)
    )
    work = [ui.key("button.work_through", WorkThrough(0))]
    if list_.pages > 1:
        work.append(ui.key("button.next_page", OpenToday((list_.page + 1) % list_.pages)))
    page = ui.t("today.page", page=list_.page + 1, pages=list_.pages) if list_.pages > 1 else None
    last = (ui.key("button.all_followups", AllFollowUps(0)), *home_row(ui))
    return Reply(blocks(lines(head, counts), listed, page), (numbers, tuple(work), last), edit=edit)


def _item(ui: Ui, place: int, item: Item) -> Html:
    if item.followup is None:
        assert item.client is not None
        return ui.t(
            "today.neglected",
            place=place,
            band=band_mark(ui, item.client),
            client=item.client.name,
            ago=ui.ago(item.client.last_contact_at),
        )
    followup = item.followup
    mark = {Why.OVERDUE: "🔴", Why.DUE: "⏰", Why.PROMISED: "🤝", Why.SOON: "▫️"}[item.why]
    soon = item.why is Why.SOON
    text = ui.t(
        "today.followup",
        place=place,
        mark=mark,
        client=followup.client,
        kind=ui.word(f"followup.{followup.kind}"),
        what=what_of(followup),
        when=ui.word("due.tomorrow") if soon else _due_in_words(ui, followup),
    )
    return join("", [text, ui.t("today.for", person=item.owner)]) if item.owner else text


def _open(item: Item) -> OpenFollowUp | OpenClient:
    if item.followup is not None:
        return OpenFollowUp(item.followup.id)
    assert item.client is not None
    return OpenClient(item.client.id)


def one_of_today(ui: Ui, item: Item | None, place: int, total: int) -> Reply:
    """One thing at a time, with [Next]."""
    if item is None:
        done = ((ui.key("button.today", OpenToday(0)), *home_row(ui)),)
        return Reply(ui.t("today.done"), done, edit=True)
    onward = ui.key("button.next", WorkThrough(place + 1))
    progress = ui.t("today.progress", place=place + 1, total=total)
    if item.followup is not None:
        text = blocks(progress, _head(ui, item.followup))
        return Reply(text, _form_rows(ui, item.followup, (onward, *home_row(ui))), edit=True)
    assert item.client is not None
    rows = (
        (
            ui.key("button.log", LogFor(item.client.id)),
            ui.key("button.followup", PlanFor(item.client.id)),
        ),
        (ui.key("button.brief", OpenClient(item.client.id)), onward),
        home_row(ui),
    )
    return Reply(blocks(progress, _item(ui, place + 1, item)), rows, edit=True)


def all_followups(ui: Ui, plan: Plan) -> Reply:
    """Every open follow-up, the soonest first."""
    first = plan.page * 5 + 1
    listed = lines(
        *(
            plain(f"{place}. {f.client} · {_kind(ui, f)}{what_of(f)} · {due_text(ui, f)}")
            for place, f in enumerate(plan.items, first)
        )
    )
    numbers = tuple(
        ui.named(str(place), OpenFollowUp(f.id)) for place, f in enumerate(plan.items, first)
    )
    turn = (
        (ui.key("button.next_page", AllFollowUps((plan.page + 1) % plan.pages)),)
        if plan.pages > 1
        else ()
    )
    rows = tuple(row for row in (numbers, turn, home_row(ui, OpenToday(0))) if row)
    return Reply(blocks(ui.t("all.title", n=plan.total), listed), rows, edit=True)


def _kind(ui: Ui, followup: FollowUpLine) -> str:
    return ui.word(f"followup.{followup.kind}")


def called_off(ui: Ui, acted: Acted | None) -> Reply:
    """A step that was called off in words, or that there was none."""
    if acted is None:
        return Reply(ui.t("due.nothing_planned"), (home_row(ui),))
    return form(ui, acted)
