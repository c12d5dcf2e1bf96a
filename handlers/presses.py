"""Every button there is. Codes are part of what was already sent: never reuse one.

A button that changes something carries the version (or state) it was drawn for, so that a double
or late press finds it changed and does nothing.
"""

from datetime import date

from domain.clients import Tier
from domain.contacts import ContactKind, Outcome
from domain.followups import Action, Step
from handlers.buttons import Press, button
from services.exports.what import What

# Getting around ------------------------------------------------------------------------------


@button("h")
class Home(Press):
    """The menu."""


@button("t")
class OpenToday(Press):
    """Today's list."""

    page: int


@button("tn")
class WorkThrough(Press):
    """The n-th thing on today's list, one at a time."""

    place: int


@button("fa")
class AllFollowUps(Press):
    """Every open follow-up."""

    page: int


@button("hp")
class OpenHelp(Press):
    """What Rounds understands."""


# Clients ---------------------------------------------------------------------------------------


@button("c")
class OpenClient(Press):
    """A client's brief."""

    client: int


@button("ch")
class OpenHistory(Press):
    """A client's contacts."""

    client: int
    page: int


@button("ce")
class EditClient(Press):
    """What of a client can be corrected."""

    client: int


@button("cf")
class EditField(Press):
    """Ask for the new value of a field."""

    client: int
    field: str


@button("ct")
class SetTier(Press):
    """Choose a tier."""

    client: int
    version: int
    tier: Tier


@button("cn")
class NewClient(Press):
    """Enter a client under the name that a draft holds, and log if the draft is a log."""

    draft: int
    person: bool


@button("cs")
class MoreFound(Press):
    """Another page of what a search found."""

    draft: int
    page: int


@button("ca")
class AskNew(Press):
    """Ask for the name of a new client."""


@button("fi")
class AskFind(Press):
    """Ask whom to look for."""


# Logging ---------------------------------------------------------------------------------------


@button("l")
class OpenLog(Press):
    """Recent clients to log for."""

    page: int


@button("lc")
class LogFor(Press):
    """Kinds of contact to log with a client."""

    client: int


@button("lk")
class LogKind(Press):
    """Log a contact of this kind, now."""

    client: int
    version: int
    kind: ContactKind


@button("lp")
class PickClient(Press):
    """The draft is about this client."""

    draft: int
    client: int


@button("lq")
class DraftKind(Press):
    """The kept text was a contact of this kind with this client."""

    draft: int
    client: int
    kind: ContactKind


@button("ld")
class DropDraft(Press):
    """Forget a draft."""

    draft: int


@button("k")
class OpenCard(Press):
    """The card of a contact."""

    contact: int


@button("ko")
class SetOutcome(Press):
    """What came of it."""

    contact: int
    version: int
    outcome: Outcome


@button("ks")
class NextStep(Press):
    """A next-step chip."""

    contact: int
    version: int
    step: Step


@button("kd")
class NextDay(Press):
    """A next step on this day, at these minutes after midnight if a time was named."""

    contact: int
    version: int
    day: date
    minutes: int | None


@button("kc")
class NextCalendar(Press):
    """Choose the day of the next step; the sheet starts at this day."""

    contact: int
    version: int
    start: date


@button("ke")
class EditCard(Press):
    """What of a contact can be corrected."""

    contact: int


@button("kk")
class SetKind(Press):
    """It was of this kind."""

    contact: int
    version: int
    kind: ContactKind


@button("ku")
class Undo(Press):
    """Take it back."""

    contact: int


# Follow-ups ------------------------------------------------------------------------------------


@button("f")
class OpenFollowUp(Press):
    """A follow-up as a form."""

    followup: int


@button("fx")
class FollowUpAct(Press):
    """Finish it."""

    followup: int
    version: int
    action: Action


@button("fs")
class OpenSnooze(Press):
    """The snooze chips."""

    followup: int


@button("fz")
class SnoozeTo(Press):
    """Push it again then."""

    followup: int
    version: int
    choice: str


@button("fm")
class MoveCalendar(Press):
    """Choose another day; the sheet starts at this day."""

    followup: int
    version: int
    start: date


@button("fd")
class MoveTo(Press):
    """Move the appointment to this day."""

    followup: int
    version: int
    day: date
    minutes: int | None


@button("fc")
class CancelFollowUp(Press):
    """It will not happen."""

    followup: int
    version: int


@button("fn")
class PlanFor(Press):
    """When to follow a client up."""

    client: int


@button("fp")
class PlanStep(Press):
    """Follow a client up on the day of a chip."""

    client: int
    version: int
    step: Step


@button("fq")
class PlanCalendar(Press):
    """Choose the day to follow a client up."""

    client: int
    version: int
    start: date


@button("fr")
class PlanDay(Press):
    """Follow a client up on this day."""

    client: int
    version: int
    day: date


# Oneself ---------------------------------------------------------------------------------------


@button("sl")
class SetLanguage(Press):
    """Speak this language; ``onward`` goes on with the onboarding."""

    lang: str
    onward: bool


@button("sz")
class SetZone(Press):
    """Live in this zone."""

    zone: str
    onward: bool


@button("sh")
class SetHours(Press):
    """Work from hour to hour (local), on these weekdays (a bit each, Monday lowest)."""

    start: int
    end: int
    days: int
    onward: bool


@button("s")
class OpenSettings(Press):
    """The settings; ``what`` names a page."""

    what: str


@button("sn")
class SetNeutral(Press):
    """Hide clients' names in pushes, or show them."""

    neutral: bool


@button("sa")
class LeaveUntil(Press):
    """Away until this day: choose a stand-in."""

    last: date


@button("sb")
class TakeLeave(Press):
    """Away until this day with this stand-in, or none."""

    last: date
    stand_in: int | None


@button("sc")
class LeaveCalendar(Press):
    """Choose the last day of leave."""

    start: date


@button("se")
class EndLeave(Press):
    """Be back."""


# Targets ---------------------------------------------------------------------------------------


@button("g")
class OpenTargets(Press):
    """Progress on the targets."""


@button("gl")
class LookTargets(Press):
    """Progress of a person (None: the team) in the period of ``months`` around ``day``."""

    person: int | None
    months: int
    day: date


@button("gp")
class TargetPicture(Press):
    """The same as a picture."""

    person: int | None
    months: int
    day: date


@button("gm")
class TargetMembers(Press):
    """Whose progress to look at."""

    page: int


@button("gb")
class OpenBoard(Press):
    """One metric of every member."""

    metric: str
    months: int
    day: date


@button("gi")
class BoardPicture(Press):
    """The whole board as a picture."""

    months: int
    day: date


@button("gw")
class TargetWho(Press):
    """For whom to set a target."""

    page: int


@button("gx")
class TargetWhat(Press):
    """Which metric; ``person`` None is the team."""

    person: int | None


@button("gt")
class TargetWhen(Press):
    """Which period."""

    person: int | None
    metric: str


@button("ga")
class TargetHow(Press):
    """How much: chips, and a draft that waits for an amount."""

    person: int | None
    metric: str
    months: int
    start: date


@button("gs")
class TargetTo(Press):
    """Set it to this; ``version`` is that of the target that stood there."""

    person: int | None
    metric: str
    months: int
    start: date
    base: int
    version: int


@button("gd")
class DropTarget(Press):
    """Take a target back."""

    target: int
    version: int


@button("gu")
class UndoEntry(Press):
    """Take an entry back."""

    entry: int
    version: int


@button("gc")
class EntryClient(Press):
    """The entry is about this client."""

    entry: int
    version: int
    client: int


@button("ge")
class EntryAmount(Press):
    """It was this many hundredths of the currency instead."""

    entry: int
    version: int
    cents: int


# Files in and out --------------------------------------------------------------------------------


@button("io")
class OpenImport(Press):
    """What can be imported, and how."""


@button("xo")
class OpenExport(Press):
    """Which lists can be taken out."""


@button("i")
class BringIn(Press):
    """Import what the preview showed."""

    draft: int


@button("ix")
class LeaveOut(Press):
    """Forget the file."""

    draft: int


@button("il")
class ListLeftOut(Press):
    """Every row that does not come in, as a file."""

    draft: int


@button("iu")
class UndoImport(Press):
    """Take a whole import back."""

    batch: int


@button("x")
class TakeOut(Press):
    """Send a list as a workbook."""

    what: What
