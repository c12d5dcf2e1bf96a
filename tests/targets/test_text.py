"""A target set by one message, in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from domain.problems import Problem
from domain.rules import METRICS
from domain.target_text import read_target
from domain.targets import Levels, Period

TODAY = date(2026, 11, 23)
NOV = Period(date(2026, 11, 1), date(2026, 11, 30))
DEC = Period(date(2026, 12, 1), date(2026, 12, 31))
Q4 = Period(date(2026, 10, 1), date(2026, 12, 31))
Q1 = Period(date(2027, 1, 1), date(2027, 3, 31))
Y26 = Period(date(2026, 1, 1), date(2026, 12, 31))
Y27 = Period(date(2027, 1, 1), date(2027, 12, 31))


def read(text, metrics=METRICS):
    return read_target(text, TODAY, metrics)


@pytest.mark.parametrize(
    ("text", "holder", "metric", "period", "base"),
    [
        ("set 王芳 deposits 5000万 Q4", "王芳", "deposits", Q4, 50_000_000),
        ("目标 王芳 12月 拜访 40", "王芳", "visits", DEC, 40),
        ("目标王芳12月拜访40次", "王芳", "visits", DEC, 40),
        ("王芳 下个月 电访 60", "王芳", "calls", DEC, 60),
        ("李国庆 2027年 日均存款 1亿5千万", "李国庆", "deposits", Y27, 150_000_000),
        ("王一 第四季度 结算量 2千5百万", "王一", "settlement", Q4, 25_000_000),
        ("万芳 明年 新客户 十二户", "万芳", "new_clients", Y27, 12),
        ("王芳 一季度 放款 ３００万", "王芳", "loans", Q1, 3_000_000),
        ("Wang Fang visits 40 Dec", "Wang Fang", "visits", DEC, 40),
        ("May Wong new clients 5 next month", "May Wong", "new_clients", DEC, 5),
        ("Li Wei deposits 12,500,000 Q1 2027", "Li Wei", "deposits", Q1, 12_500_000),
        ("Li Wei phone calls 100 2026-12", "Li Wei", "calls", DEC, 100),
        ("visits 40 this month", "", "visits", NOV, 40),
        ("Li Wei loans 2.5M 2026", "Li Wei", "loans", Y26, 2_500_000),
    ],
)
def test_a_message_is_understood(text, holder, metric, period, base):
    found = read(text)
    assert (found.holder, found.metric, found.period) == (holder, metric, period)
    assert found.levels == Levels(Decimal(base))
    assert not found.whole_team


@pytest.mark.parametrize(
    "text", ["团队 本季度 贷款 1亿", "team loans 100M this quarter", "全队 Q4 放款 1亿"]
)
def test_the_whole_team(text):
    found = read(text)
    assert (found.whole_team, found.holder, found.period) == (True, "", Q4)
    assert found.levels.base == 100_000_000


def test_three_levels():
    assert read("王芳 12月 拜访 40/50/60").levels == Levels(Decimal(40), Decimal(50), Decimal(60))
    assert read("王芳 12月 拜访 40 50").levels == Levels(Decimal(40), Decimal(50))


def test_a_month_that_is_over_is_next_years_unless_the_year_stands_there():
    assert read("王芳 3月 拜访 40").period.start == date(2027, 3, 1)
    assert read("王芳 2026年3月 拜访 40").period.start == date(2026, 3, 1)


def test_a_metric_of_the_banks_own():
    assert read("王芳 Q4 中收 30万", (*METRICS, "中收")).metric == "中收"
    assert read("王芳 Q4 贷款户数 30", (*METRICS, "贷款户数")).metric == "贷款户数"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("王芳 12月 40", "target_no_metric"),
        ("王芳 拜访 40", "target_no_period"),
        ("王芳 12月 拜访", "target_no_amount"),
        ("王芳 12月 拜访 1 2 3 4", "target_no_amount"),
        ("王芳 12月 拜访 50/40", "target_levels"),
        ("", "target_no_metric"),
    ],
)
def test_what_is_missing_is_named(text, key):
    with pytest.raises(Problem, match=key):
        read(text)
