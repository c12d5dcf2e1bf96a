"""Pushes about targets: Monday's plan, Friday's gap, and marks that were crossed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from domain.targets import Level, Period
from handlers.markup import Html, blocks, join, lines, plain
from handlers.presses import OpenTargets, OpenToday
from handlers.reply import Reply, Rows
from handlers.ui import Ui
from handlers.views.common import home_row
from handlers.views.target_words import (
    about,
    amount,
    bar,
    client_keys,
    client_lines,
    counted,
    level_name,
    metric_name,
    needed,
    pace_word,
    people_head,
    period_name,
    short_line,
)
from services.targets import MemberBehind, Standing, WeekFacts


def plan_push(ui: Ui, facts: WeekFacts) -> Reply:
    """Monday: what the week asks for, told as clients to see."""
    title = ui.t("plan_push.title", first=ui.short_day(facts.week.start),
                 last=ui.short_day(facts.week.end))  # fmt: skip
    return _push(ui, title, facts, None)


def gap_push(ui: Ui, facts: WeekFacts) -> Reply:
    """Friday: what the week brought, and what is still missing."""
    title = ui.t("gap_push.title", day=ui.day(ui.today))
    done = [counted(ui, metric, value) for metric, value in facts.done]
    brought = ui.t("gap_push.done", list=join(" · ", [plain(d) for d in done]))
    return _push(ui, title, facts, brought if done else None)


def _push(ui: Ui, title: Html, facts: WeekFacts, brought: Html | None) -> Reply:
    seen = None
    if facts.to_see:
        seen = lines(people_head(ui, facts.standings), client_lines(ui, facts.to_see))
    text = blocks(
        lines(title, brought),
        *(_week_block(ui, standing) for standing in facts.standings),
        seen,
        _team(ui, facts),
    )
    return Reply(text, _rows(ui, facts))


def _week_block(ui: Ui, standing: Standing) -> Html:
    going = [part for part in (pace_word(ui, standing), needed(ui, standing)) if part]
    return lines(short_line(ui, standing), join(" · ", going) if going else None)


def _team(ui: Ui, facts: WeekFacts) -> Html | None:
    if not facts.team:
        return None
    return lines(
        ui.t("plan_push.team"),
        *(short_line(ui, standing) for standing in facts.team),
        *(_behind(ui, member) for member in facts.behind),
    )


def _behind(ui: Ui, member: MemberBehind) -> Html:
    separator = "、" if ui.lang == "zh" else ", "
    metrics = separator.join(metric_name(ui, metric) for metric in member.metrics)
    return ui.t("plan_push.behind", name=member.name, metrics=metrics)


def _rows(ui: Ui, facts: WeekFacts) -> Rows:
    clients = client_keys(ui, facts.to_see)
    end = (ui.key("button.targets", OpenTargets()), ui.key("button.today", OpenToday(0)))
    return tuple(row for row in (clients, (*end, *home_row(ui))) if row)


def crossing_push(ui: Ui, facts: Mapping[str, Any]) -> Reply:
    """50, 90 or 100 per cent of a level."""
    metric, percent = facts["metric"], int(facts["percent"])
    period = Period(date.fromisoformat(facts["start"]), date.fromisoformat(facts["end"]))
    words = {
        "metric": metric_name(ui, metric), "percent": percent, "bar": bar(percent),
        "level": level_name(ui, Level(facts["level"])), "period": period_name(ui, period),
        "actual": about(ui, metric, Decimal(facts["actual"])),
        "goal": amount(ui, metric, Decimal(facts["goal"])),
    }  # fmt: skip
    whose = ui.t("crossed.team", team=facts["team"]) if facts["team"] else None
    key = "crossed.reached" if percent >= 100 else "crossed.part"
    text = lines(whose, ui.t(key, **words), ui.t("crossed.figures", **words))
    return Reply(text, ((ui.key("button.targets", OpenTargets()), *home_row(ui)),))
