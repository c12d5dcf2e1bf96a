"""What a logged contact looks like."""

from datetime import date

from domain.contacts import ContactKind, counts_as_contact, outcomes_for
from domain.followups import Step
from handlers.markup import Cut, Html, blocks, join, lines, plain, quote
from handlers.presses import (
    AskNew,
    DraftKind,
    DropDraft,
    EditCard,
    LogFor,
    LogKind,
    NewClient,
    NextCalendar,
    NextDay,
    NextStep,
    OpenCard,
    OpenClient,
    OpenLog,
    PickClient,
    SetKind,
    SetOutcome,
    Undo,
)
from handlers.reply import Key, Reply, Rows
from handlers.ui import Ui
from handlers.views.common import (
    band_mark,
    calendar_rows,
    contact_when,
    due_text,
    home_row,
    months,
    short,
    week_start,
    what_of,
)
from services.capture import Question
from services.followups import When
from services.seen import ClientLine, ContactLine
from services.visits import Logged, Undone

NOTE = Cut(900)  # a card fits one message; the whole text is kept


def card(ui: Ui, logged: Logged, *, edit: bool = False) -> Reply:
    """The card that echoes a contact as it was understood, with everything to do next."""
    toast = None if logged.fresh else ui.word("changed.toast")
    return Reply(_card_text(ui, logged), _card_rows(ui, logged), edit=edit, toast=toast)


def pressed_card(ui: Ui, logged: Logged) -> Reply:
    """The card in place of the screen that was pressed."""
    return card(ui, logged, edit=True)


def logged_many(ui: Ui, all_logged: tuple[Logged, ...]) -> Reply:
    """One card, or for several clients one message with all of them and one Undo."""
    if len(all_logged) == 1:
        return card(ui, all_logged[0])
    first = all_logged[0].contact
    open_each = tuple(
        ui.named(f"✏️ {each.contact.client}", OpenCard(each.contact.id)) for each in all_logged[:4]
    )
    rows: list[tuple[Key, ...]] = [open_each[n : n + 2] for n in range(0, len(open_each), 2)]
    if all(each.undoable for each in all_logged):
        rows.append((ui.key("button.undo", Undo(first.id)),))
    rows.append(home_row(ui))
    texts = [lines(*_facts(ui, each)) for each in all_logged]
    head = ui.t("log.many", n=len(all_logged))
    return Reply(blocks(head, *texts, _note(first)), tuple(rows))


def _card_text(ui: Ui, logged: Logged) -> Html:
    contact = logged.contact
    extra = []
    if logged.next_step is None and not logged.undone:
        extra.append(ui.t("card.next_none"))
    return blocks(lines(*_facts(ui, logged), *extra), _note(contact))


def _facts(ui: Ui, logged: Logged) -> list[Html | None]:
    contact, details = logged.contact, logged.contact.details
    state = "undone" if logged.undone else "corrected" if logged.corrected else "logged"
    when = ui.t("card.when", when=contact_when(ui, contact))
    if logged.late_days:
        when = join(" · ", [when, ui.t("card.late", n=logged.late_days)])
    return [
        ui.t(f"card.{state}", kind=ui.word(f"kind.{contact.kind}"), client=contact.client),
        when,
        _outcome(ui, contact),
        _amounts(ui, contact),
        ui.t(
            "card.needs",
            needs="、".join(details["needs"]) if ui.lang == "zh" else ", ".join(details["needs"]),
        )
        if details.get("needs")
        else None,
        ui.t("card.people", people=", ".join(details["people"])) if details.get("people") else None,
        *[ui.t("card.ask_amount", text=doubt) for doubt in details.get("doubts", ())],
        *[
            ui.t("card.closed", what=f"{ui.word(f'followup.{f.kind}')}{what_of(f)}")
            for f in logged.closed
        ],
        ui.t("card.files", n=logged.files) if logged.files else None,
        _next_line(ui, logged),
    ]


def _outcome(ui: Ui, contact: ContactLine) -> Html | None:
    if contact.outcome is None:
        return None
    text = ui.t("card.outcome", outcome=ui.word(f"outcome.{contact.outcome}"))
    if counts_as_contact(contact.outcome):
        return text
    return join(" · ", [text, ui.t("card.no_contact")])


def _amounts(ui: Ui, contact: ContactLine) -> Html | None:
    details = contact.details
    parts: list[Html] = []
    if found := details.get("amounts"):
        shown = ", ".join(ui.money(a["value"], a.get("currency")) for a in found)
        parts.append(ui.t("card.amounts", amounts=shown))
    if found := details.get("rates"):
        parts.append(ui.t("card.rates", rates=", ".join(found)))
    return join(" · ", parts) if parts else None


def _next_line(ui: Ui, logged: Logged) -> Html | None:
    step = logged.next_step
    if step is None:
        return None
    text = ui.t("card.next", when=due_text(ui, step), kind=ui.word(f"followup.{step.kind}"))
    marks = [ui.t(f"card.{mark}") for mark in logged.contact.details.get("marks", ())]
    return join(" · ", [text, *marks])


def _note(contact: ContactLine) -> Html | None:
    return quote(NOTE(contact.note)) if contact.note else None


def _card_rows(ui: Ui, logged: Logged) -> Rows:
    contact = logged.contact
    if logged.undone:
        return (home_row(ui, OpenClient(contact.client_id)),)
    outcomes = tuple(
        ui.named(
            ui.word("chosen", label=ui.word(f"outcome.{o}"))
            if o == contact.outcome
            else ui.word(f"outcome.{o}"),
            SetOutcome(contact.id, contact.version, o),
        )
        for o in outcomes_for(contact.kind)
    )
    steps = tuple(
        ui.key(f"chip.{step}", NextStep(contact.id, contact.version, step)) for step in Step
    )
    pick = [ui.key("chip.calendar", NextCalendar(contact.id, contact.version, ui.today))]
    pick += [_other(ui, contact, other) for other in logged.others[:1]]
    pick.append(ui.key("button.edit", EditCard(contact.id)))
    last = [ui.key("button.brief", OpenClient(contact.client_id)), *home_row(ui)]
    if logged.undoable:
        last.insert(0, ui.key("button.undo", Undo(contact.id)))
    return (outcomes, steps, tuple(pick), tuple(last))


def _other(ui: Ui, contact: ContactLine, other: When) -> Key:
    minutes = other.at.hour * 60 + other.at.minute if other.at else None
    label = ui.word("chip.other", when=ui.short_day(other.day))
    return ui.named(label, NextDay(contact.id, contact.version, other.day, minutes))


def next_calendar(ui: Ui, logged: Logged, start: date) -> Reply:
    """The sheet of days for a next step."""
    monday, contact = week_start(start), logged.contact
    rows = calendar_rows(
        ui,
        monday,
        lambda day: NextDay(contact.id, contact.version, day, None),
        OpenCard(contact.id),
        lambda first: NextCalendar(contact.id, contact.version, first),
    )
    text = lines(ui.t("calendar.title"), plain(months(ui, monday)))
    return Reply(blocks(_card_text(ui, logged), text), rows, edit=True)


def edit_card(ui: Ui, logged: Logged) -> Reply:
    """What can be corrected by a tap."""
    contact = logged.contact
    kinds = tuple(
        ui.key(f"kind.{kind}", SetKind(contact.id, contact.version, kind)) for kind in ContactKind
    )
    rows = (kinds[:2], kinds[2:], home_row(ui, OpenCard(contact.id)))
    return Reply(ui.t("edit.card", client=contact.client), rows, edit=True)


def undone(ui: Ui, result: Undone, minutes: int) -> Reply:
    """What an undo took back."""
    if result.too_late:
        text = ui.word("undo.too_late", n=minutes)
        return Reply(plain(text), (home_row(ui),), toast=text, alert=True)
    what = ", ".join(f"{ui.word(f'kind.{c.kind}')} {c.client}" for c in result.contacts)
    text = lines(
        ui.t("undo.done", what=what),
        ui.t("undo.reopened", n=result.reopened) if result.reopened else None,
    )
    client = result.contacts[0].client_id
    return Reply(text, (home_row(ui, OpenClient(client)),), edit=True)


def whom(ui: Ui, clients: tuple[ClientLine, ...], page: int, *, edit: bool = False) -> Reply:
    """Recent clients to log for."""
    if not clients:
        rows_new = ((ui.key("button.new", AskNew()), *home_row(ui)),)
        return Reply(ui.t("log.nobody"), rows_new, edit=edit)
    per_page = 4
    shown = clients[page * per_page : page * per_page + per_page]
    keys = [ui.named(f"{band_mark(ui, c)} {c.name}", LogFor(c.id)) for c in shown]
    rows: list[tuple[Key, ...]] = [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
    if len(clients) > per_page:
        following = page + 1 if (page + 1) * per_page < len(clients) else 0
        rows.append((ui.key("button.more", OpenLog(following)),))
    rows.append((ui.key("button.new", AskNew()), *home_row(ui)))
    return Reply(ui.t("log.whom"), tuple(rows), edit=edit)


def how(ui: Ui, client: ClientLine) -> Reply:
    """The kinds of contact."""
    kinds = tuple(
        ui.named(
            f"{ui.word(f'icon.{kind}')} {ui.word(f'kind.{kind}')}",
            LogKind(client.id, client.version, kind),
        )
        for kind in ContactKind
    )
    rows = (kinds[:2], kinds[2:], home_row(ui, OpenLog(0)))
    return Reply(ui.t("log.how", client=client.name), rows, edit=True)


def which(ui: Ui, question: Question) -> Reply:
    """Candidates for a text whose client is not certain; the text is kept in the draft."""
    if question.client is not None:
        return ask_kind(ui, question)
    draft, name = question.draft.id, question.name
    text = short(str(question.draft.data["text"]), 300)
    new = (
        ui.key("log.new_company", NewClient(draft, False)),
        ui.key("log.new_person", NewClient(draft, True)),
    )
    last = (ui.key("button.cancel", DropDraft(draft)), *home_row(ui))
    picks = tuple(
        ui.named(f"{n}. {c.name}", PickClient(draft, c.id))
        for n, c in enumerate(question.candidates, 1)
    )
    rows = (*(picks[n : n + 2] for n in range(0, len(picks), 2)), *((new,) if name else ()), last)
    listed = lines(*(_candidate(ui, n, c) for n, c in enumerate(question.candidates, 1)))
    if name and not picks:
        return Reply(ui.t("log.unknown", name=name, text=text), rows)
    key = "log.which" if name else "log.whose"
    return Reply(blocks(ui.t(key, text=text), listed), rows)


def ask_kind(ui: Ui, question: Question) -> Reply:
    """The client is certain; one tap says how one was in touch, and the text is logged."""
    assert question.client is not None
    client, draft = question.client, question.draft
    kinds = tuple(
        ui.named(
            f"{ui.word(f'icon.{kind}')} {ui.word(f'kind.{kind}')}",
            DraftKind(draft.id, client.id, kind),
        )
        for kind in ContactKind
    )
    text = blocks(ui.t("log.how", client=client.name), quote(NOTE(str(draft.data["text"]))))
    last = (
        ui.key("button.brief", OpenClient(client.id)),
        ui.key("button.cancel", DropDraft(draft.id)),
        *home_row(ui),
    )
    return Reply(text, (kinds[:2], kinds[2:], last))


def _candidate(ui: Ui, n: int, client: ClientLine) -> Html:
    detail = " · ".join(
        part
        for part in (client.city, f"…{client.phone_tail}" if client.phone_tail else None)
        if part
    )
    return plain(f"{n}. {client.name}{' · ' + detail if detail else ''}")
