"""Monday's plan and Friday's gap, as facts."""

from datetime import UTC, date, datetime, timedelta

from domain.targets import Span
from services.targets import friday_gap_facts, monday_plan_facts

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)


def test_without_targets_there_is_nothing_to_say(bank):
    assert bank.ask(monday_plan_facts, "wang", now=MONDAY) is None
    assert bank.ask(friday_gap_facts, "wang", now=FRIDAY) is None


def test_mondays_plan_says_what_the_week_needs_and_whom_to_see(bank):
    bank.target("wang", "visits", 12)
    bank.target("wang", "loans", 4000, span=Span.QUARTER)
    facts = bank.ask(monday_plan_facts, "wang", now=MONDAY)
    assert facts.week.start == date(2026, 11, 23)
    assert [(s.metric, s.period.span) for s in facts.standings] == [
        ("visits", Span.MONTH), ("loans", Span.QUARTER),
    ]  # fmt: skip
    assert facts.standings[0].week == 10
    assert [c.name for c in facts.to_see] == ["绿源食品", "东方家具", "中和制药"]


def test_fridays_gap_counts_what_the_week_brought(bank):
    bank.target("wang", "visits", 12)
    bank.contact("wang", "绿源食品", at=NOW)
    bank.contact("wang", "绿源食品", at=NOW - timedelta(days=7))
    facts = bank.ask(friday_gap_facts, "wang", now=FRIDAY)
    assert facts.done == (("visits", 1),)
    assert facts.standings[0].gap == 10


def test_friday_is_silent_once_everything_is_reached(bank):
    bank.target("wang", "visits", 1)
    bank.contact("wang", "绿源食品")
    assert bank.ask(friday_gap_facts, "wang", now=FRIDAY) is None


def test_a_lead_reads_the_team_and_who_is_behind(bank):
    bank.target("wang", "visits", 12)
    bank.target("li", "visits", 1)
    bank.contact("li", "Acme")
    facts = bank.ask(monday_plan_facts, "lead", now=MONDAY)
    assert [(s.metric, s.levels.base) for s in facts.team] == [("visits", 13)]
    assert [(b.name, b.metrics) for b in facts.behind] == [("王芳", ("visits",))]
    assert facts.standings == ()
