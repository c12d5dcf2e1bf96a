"""What a client looks like."""

from domain.clients import Band, tiers_of
from handlers.markup import Html, blocks, lines, quote
from handlers.presses import (
    AskFind,
    DropDraft,
    EditClient,
    EditField,
    LogFor,
    MoreFound,
    NewClient,
    OpenClient,
    OpenFollowUp,
    OpenHistory,
    PlanFor,
    SetTier,
)
from handlers.reply import Key, Reply, Rows
from handlers.ui import Ui
from handlers.views.common import band_mark, contact_when, due_text, home_row, short, what_of
from services import clients
from services.clients import EDITABLE, Brief, History
from services.search import PAGE, Found
from services.seen import ContactLine


def brief(ui: Ui, page: Brief, *, edit: bool = False, head: Html | None = None) -> Reply:
    """The one-page brief: red flags, what was last said, what is next, whom to call."""
    return Reply(
        blocks(head, _flags(ui, page), _story(ui, page), _facts(ui, page)),
        _brief_rows(ui, page),
        edit=edit,
    )


def pressed_brief(ui: Ui, page: Brief) -> Reply:
    """The brief in place of the pressed screen."""
    return brief(ui, page, edit=True)


def _flags(ui: Ui, page: Brief) -> Html:
    head = ui.t(
        "brief.head",
        band=band_mark(ui, page.client),
        client=page.client.name,
        tier=ui.word(f"tier.{page.tier}"),
    )
    overdue = [
        ui.t(
            "brief.overdue",
            when=due_text(ui, f),
            kind=ui.word(f"followup.{f.kind}"),
            what=what_of(f),
        )
        for f in page.overdue[:3]
    ]
    idle = None
    if page.client.band is not Band.GREEN and page.cadence_days:
        key = "brief.neglected" if page.client.band is Band.RED else "brief.amber"
        idle = ui.t(key, ago=ui.ago(page.client.last_contact_at), n=page.cadence_days)
    return lines(head, *overdue, idle)


def _story(ui: Ui, page: Brief) -> Html:
    last = page.last_contact
    return lines(
        ui.t(
            "brief.last",
            ago=ui.ago(last.happened_at),
            kind=ui.word(f"kind.{last.kind}"),
            when=contact_when(ui, last),
        )
        if last
        else ui.t("brief.last_none"),
        quote(short(last.note, 200)) if last and last.note else None,
        ui.t("brief.meeting", ago=ui.ago(page.last_meeting_at)) if page.last_meeting_at else None,
        *[
            ui.t(
                "brief.next",
                when=due_text(ui, f),
                kind=ui.word(f"followup.{f.kind}"),
                what=what_of(f),
            )
            for f in page.upcoming[:3]
        ],
        None if page.upcoming or page.overdue else ui.t("brief.next_none"),
        ui.t("brief.amounts", amounts=", ".join(ui.money(v, c) for v, c in page.amounts))
        if page.amounts
        else None,
        ui.t("brief.needs", needs=", ".join(page.needs)) if page.needs else None,
    )


def _facts(ui: Ui, page: Brief) -> Html:
    return lines(
        ui.t("brief.person", name=page.contact_name) if page.contact_name else None,
        ui.t("brief.phone", phone=page.phone) if page.phone else None,
        ui.t("brief.address", address=page.address) if page.address else None,
        ui.t("brief.industry", industry=page.industry) if page.industry else None,
        ui.t("brief.code", code=page.code) if page.code else None,
        ui.t("brief.remark", remark=short(page.remark, 200)) if page.remark else None,
        ui.t("brief.owner", owner=page.owner) if page.owner else None,
    )


def _brief_rows(ui: Ui, page: Brief) -> Rows:
    client = page.client.id
    history = ui.key("button.history", OpenHistory(client, 0))
    rows: list[tuple[Key, ...]] = []
    if page.may_log:
        rows.append(
            (ui.key("button.log", LogFor(client)), ui.key("button.followup", PlanFor(client)))
        )
        due = [*page.overdue, *page.upcoming][:1]
        opening = tuple(ui.named(f"⏰ {ui.short_day(f.due_day)}", OpenFollowUp(f.id)) for f in due)
        rows.append((*opening, history, ui.key("button.edit", EditClient(client))))
    else:
        rows.append((history,))
    if page.phone:
        rows.append((Key(ui.word("button.phone"), copy=page.phone[:256]),))
    return (*rows, home_row(ui))


def history(ui: Ui, page: History) -> Reply:
    """A page of contacts."""
    head = ui.t("history.title", client=page.client.name, page=page.page + 1, pages=page.pages)
    listed = [_contact(ui, contact) for contact in page.contacts] or [ui.t("history.empty")]
    turn = []
    if page.page > 0:
        turn.append(ui.key("button.previous", OpenHistory(page.client.id, page.page - 1)))
    if page.page + 1 < page.pages:
        turn.append(ui.key("button.next_page", OpenHistory(page.client.id, page.page + 1)))
    rows = (tuple(turn),) if turn else ()
    return Reply(
        blocks(head, *listed), (*rows, home_row(ui, OpenClient(page.client.id))), edit=True
    )


def _contact(ui: Ui, contact: ContactLine) -> Html:
    outcome = f" · {ui.word(f'outcome.{contact.outcome}')}" if contact.outcome else ""
    head = ui.t(
        "history.line",
        icon=ui.word(f"icon.{contact.kind}"),
        when=contact_when(ui, contact),
        author=contact.author,
        outcome=outcome,
    )
    return lines(head, quote(short(contact.note, 300)) if contact.note else None)


def found(ui: Ui, result: Found, draft: int | None, *, edit: bool = False) -> Reply:
    """Numbered candidates; full names stand in the text, numbers and beginnings on the buttons."""
    if not result.clients:
        return nothing(ui, result.query, draft, edit=edit)
    first = result.page * PAGE + 1
    listed = []
    for place, client in enumerate(result.clients, first):
        detail = " · ".join(
            part
            for part in (
                client.city,
                f"…{client.phone_tail}" if client.phone_tail else None,
                str(ui.ago(client.last_contact_at)),
            )
            if part
        )
        listed.append(
            ui.t(
                "found.line",
                place=place,
                band=band_mark(ui, client),
                name=client.name,
                detail=detail,
            )
        )
    keys = [
        ui.named(f"{n}. {c.name}", OpenClient(c.id)) for n, c in enumerate(result.clients, first)
    ]
    rows: list[tuple[Key, ...]] = [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
    if draft is not None and result.total > PAGE:
        following = result.page + 1 if first + PAGE <= result.total else 0
        rows.append((ui.key("button.more", MoreFound(draft, following)),))
    rows.append(home_row(ui))
    text = blocks(ui.t("found.title", query=short(result.query), n=result.total), lines(*listed))
    return Reply(text, tuple(rows), edit=edit)


def nothing(ui: Ui, query: str, draft: int | None, *, edit: bool = False) -> Reply:
    """Nothing matches; a new client is one tap away."""
    rows: list[tuple[Key, ...]] = []
    if draft is not None:
        rows.append(
            (
                ui.key("log.new_company", NewClient(draft, False)),
                ui.key("log.new_person", NewClient(draft, True)),
            )
        )
    rows.append((ui.key("button.find", AskFind()), *home_row(ui)))
    return Reply(ui.t("found.nothing", query=short(query)), tuple(rows), edit=edit)


def made(ui: Ui, new: clients.NewClient) -> Reply:
    """A client that was just entered."""
    text = lines(
        ui.t("new.done", client=new.client.name),
        ui.t("new.twins", names=", ".join(t.name for t in new.twins)) if new.twins else None,
    )
    client = new.client.id
    rows = (
        (ui.key("button.log", LogFor(client)), ui.key("button.followup", PlanFor(client))),
        (ui.key("button.edit", EditClient(client)), ui.key("button.brief", OpenClient(client))),
        home_row(ui),
    )
    return Reply(text, rows)


def edit(ui: Ui, page: Brief) -> Reply:
    """The fields that can be corrected, and the tiers."""
    client = page.client
    fields = tuple(ui.key(f"edit.{field}", EditField(client.id, field)) for field in EDITABLE)
    tiers = tuple(
        ui.named(
            ui.word("chosen", label=ui.word(f"tier.{t}"))
            if t is page.tier
            else ui.word(f"tier.{t}"),
            SetTier(client.id, client.version, t),
        )
        for t in tiers_of(page.kind)
    )
    rows = (fields, tiers, home_row(ui, OpenClient(client.id)))
    return Reply(ui.t("edit.client", client=client.name), rows, edit=True)


def ask(ui: Ui, key: str, draft: int) -> Reply:
    """Ask for a text; any other text or command still works."""
    rows = ((ui.key("button.cancel", DropDraft(draft)), *home_row(ui)),)
    return Reply(ui.t(key), rows, edit=True)


def changed(ui: Ui, page: Brief) -> Reply:
    """The brief after a correction."""
    return brief(ui, page, head=ui.t("edit.done"))
