"""Promises of the contract that are not single phrases: JSON keys, many events, corrections."""

from datetime import date, datetime

import pytest

from domain.calendar import Hours, WeekdayCalendar
from domain.quicklog import as_json, correction, read
from services.calendars import ChineseCalendar

local = datetime.fromisoformat
NOW = datetime.fromisoformat("2026-11-23T15:40:00+08:00")  # a Monday


def test_the_json_has_exactly_the_promised_keys_and_plain_values():
    found = as_json(read("访 绿源食品 谈续贷500万 利率3.2% 下周三下午跟进", NOW))
    promised = "kind clients when follow_up dates amounts needs note events rates"
    assert set(promised.split()) <= set(found)
    assert found["dates"] == [
        {"text": "下周三下午", "value": "2026-12-02T14:00", "role": "follow_up"}
    ]
    assert found["amounts"] == [{"text": "500万", "value": 5000000, "currency": None}]
    assert found["rates"] == [{"text": "3.2%", "value": 3.2, "unit": "%"}]
    assert found["note"] == "访 绿源食品 谈续贷500万 利率3.2% 下周三下午跟进"
    event = found["events"][0]
    assert set(event) == {"client", "kind", "when", "follow_up", "outcome", "people", "note"}


def test_every_mention_is_a_slice_of_the_text_as_written():
    text = "綠源食品　５００萬　下週三下午３點　王總"
    reading = read(text, NOW)
    mentions = [*reading.clients, *reading.dates, *reading.amounts, *reading.people]
    assert len(mentions) == 4
    assert all(text[one.start : one.end] == one.text for one in mentions)


def test_two_clients_get_their_own_next_steps():
    reading = read("拜访了华成和天际，华成下周三送方案，天际月底前回电", NOW)
    steps = {event.client.text: event.follow_up for event in reading.events if event.client}
    assert steps == {"华成": date(2026, 12, 2), "天际": date(2026, 11, 30)}
    reading = read("saw Acme and Globex; Acme wants a quote by Friday, call Globex Monday", NOW)
    steps = {event.client.text: event.follow_up for event in reading.events if event.client}
    assert steps == {"Acme": date(2026, 11, 27), "Globex": date(2026, 11, 30)}


def test_each_client_has_its_own_kind_and_outcome():
    visit, call = read("上午拜访绿源 下午给宏达打电话 没接", NOW).events
    assert (visit.kind, visit.outcome) == ("visit", "met")
    assert (call.kind, call.outcome) == ("call", "no_answer")


def test_next_friday_offers_the_coming_one_too():
    reading = read("meeting Acme next Fri 3pm re facility review", NOW)
    assert reading.alternatives == (local("2026-11-27T15:00"),)


def test_a_short_date_follows_the_habit_and_keeps_the_other_reading():
    first = read("call Acme 5/12", NOW, lang="en").dates[0]
    other = read("call Acme 5/12", NOW, lang="en", month_first=False).dates[0]
    assert (first.value, first.others) == (date(2027, 5, 12), (date(2026, 12, 5),))
    assert (other.value, other.others) == (date(2026, 12, 5), (date(2027, 5, 12),))


def test_minutes_and_hours_count_to_the_second_from_the_message():
    now = NOW.replace(second=37)
    reading = read("called Acme, ring again in 20 minutes", now)
    assert reading.follow_up == local("2026-11-23T16:00:37")
    assert as_json(reading)["follow_up"] == "2026-11-23T16:00:37"


def test_the_end_of_the_working_day_is_the_writers_own():
    from datetime import time

    reading = read("拜访绿源 明天下班前回复", NOW, hours=Hours(time(8, 30), time(17, 15)))
    assert reading.follow_up == local("2026-11-24T17:15")


def test_working_days_follow_the_calendar():
    now = datetime.fromisoformat("2026-09-29T10:00:00+08:00")
    plain = read("拜访绿源 3个工作日后跟进", now, calendar=WeekdayCalendar())
    real = read("拜访绿源 3个工作日后跟进", now, calendar=ChineseCalendar())
    assert plain.follow_up == date(2026, 10, 2)
    assert real.follow_up == date(2026, 10, 9)  # 1-7 October is off


def test_the_first_working_day_after_the_national_holiday():
    now = datetime.fromisoformat("2026-09-21T10:00:00+08:00")
    reading = read("拜访绿源 国庆后第一个工作日再去", now, calendar=ChineseCalendar())
    assert reading.follow_up == date(2026, 10, 8)


def test_a_rhythm_is_kept_and_a_clients_own_rhythm_is_not_ours():
    ours = read("every second Tuesday at 10am call Acme", NOW).recurring
    assert ours is not None
    assert (ours.unit, ours.every, ours.weekday) == ("week", 2, 1)
    assert ours.first == local("2026-11-24T10:00")
    theirs = read("拜访绿源 每月15号发薪 120人", NOW)
    assert (theirs.recurring, theirs.follow_up) == (None, None)


def test_slang_amounts_are_asked_about_never_assumed():
    reading = read("宏达想贷50", NOW)
    assert reading.amounts == ()
    assert [(doubt.text, doubt.question, doubt.others) for doubt in reading.doubts] == [
        ("贷50", "amount_unit", (500000,))
    ]


def test_a_surname_that_may_be_a_day_is_asked_about():
    reading = read("call Tom Friday", NOW, lang="en")
    assert (reading.dates, reading.follow_up) == ((), None)
    assert [(doubt.text, doubt.question) for doubt in reading.doubts] == [("Friday", "date")]
    assert read("Tom Friday rang", NOW, lang="en").doubts == ()


def test_an_impossible_date_is_not_read_as_a_smaller_one():
    for text in ["拜访绿源 2月30日再去", "2027年2月29日", "visit Acme Feb 30", "2027-02-29"]:
        assert read(text, NOW).dates == ()


def test_an_entry_has_metric_amount_and_client():
    entry = read("+存款 500万 绿源", NOW).entry
    assert entry is not None
    assert (entry.metric, entry.amount and entry.amount.value) == ("deposits", 5000000)
    assert entry.client is not None
    assert entry.client.text == "绿源"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("不对，是300万", "amount", 3000000),
        ("应该是300万", "amount", 3000000),
        ("改成350w", "amount", 3500000),
        ("no, 300k", "amount", 300000),
        ("sorry, it was 3M not 2M", "amount", 3000000),
        ("actually $50k", "amount", 50000),
        ("不是500万，是300万", "amount", 3000000),
    ],
)
def test_a_correction_of_the_amount(text, field, value):
    found = correction(text, NOW)
    assert found is not None
    assert getattr(found, field).value == value


@pytest.mark.parametrize(
    ("text", "follow_up"),
    [
        ("不是下周三，是周四", date(2026, 11, 26)),
        ("不对，是下周四下午", local("2026-12-03T14:00")),
        ("应该是12月5号", date(2026, 12, 5)),
        ("no, next Thursday", date(2026, 12, 3)),
        ("not Wednesday, Thursday", date(2026, 11, 26)),
        ("make it Friday 3pm", local("2026-11-27T15:00")),
        ("I meant Dec 3", date(2026, 12, 3)),
    ],
)
def test_a_correction_of_the_next_step(text, follow_up):
    found = correction(text, NOW)
    assert found is not None
    assert (found.follow_up, found.amount) == (follow_up, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("应该是电话", "call"), ("不对，是拜访", "visit"), ("no, it was a call", "call")],
)
def test_a_correction_of_the_kind(text, kind):
    found = correction(text, NOW)
    assert found is not None
    assert found.kind == kind


def test_a_correction_of_the_client():
    found = correction("不是绿源，是宏达", NOW)
    assert found is not None
    assert found.client is not None
    assert found.client.text == "宏达"
    found = correction("no, Globex", NOW)
    assert found is not None
    assert found.client is not None
    assert found.client.text == "Globex"


@pytest.mark.parametrize("text", ["拜访绿源 谈续贷500万", "visited Acme", "绿源", "不对", "no"])
def test_other_texts_are_no_corrections(text):
    assert correction(text, NOW) is None


@pytest.mark.parametrize("text", ["取消", "cancel that", "撤销"])
def test_a_cancelling_word(text):
    found = correction(text, NOW)
    assert found is not None
    assert found.cancelled


def test_blank_and_odd_texts_give_an_empty_reading():
    for text in ["", " ", "\n", "😀", "؟؟", "…", "a" * 4096, "一" * 4096, "9" * 4096]:
        reading = read(text, NOW)
        assert (reading.kind, reading.dates, reading.amounts) == ("none", (), ())
