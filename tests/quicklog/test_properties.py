"""Write a date or an amount in any supported phrase and read it back."""

from datetime import date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as some

from domain.quicklog import read
from domain.quicklog.numerals import zh_number

local = datetime.fromisoformat
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAYS_ZH = "一二三四五六日"
DIGITS = "零一二三四五六七八九"


def zh_small(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def ordinal(day: int) -> str:
    last = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{last}"


def absolute(day: date) -> list[str]:
    month = MONTHS[day.month - 1]
    return [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        *([f"{day:%Y%m%d}"] if day.year < 2050 else []),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}号",
        "".join(DIGITS[int(d)] for d in str(day.year))
        + f"年{zh_small(day.month)}月{zh_small(day.day)}日",
        f"{month} {day.day}, {day.year}",
        f"{month[:3]} {day.day} {day.year}",
        f"{day.day} {month} {day.year}",
        f"{ordinal(day.day)} {month[:3]} {day.year}",
        f"the {ordinal(day.day)} of {month} {day.year}",
        f"{month} {ordinal(day.day)}, {day.year}",
        f"{WEEKDAYS[day.weekday()]}, {month} {day.day}, {day.year}",
        f"{day.month}/{day.day}/{day.year}",
    ]


def relative(day: date, today: date) -> list[str]:
    """Phrases for a day 1 to 27 days ahead."""
    away = (day - today).days
    phrases = [f"{away}天后", f"{zh_small(away)}天后", f"in {away} days", f"{away} days from now"]
    phrases += [f"{day.month}月{day.day}号", f"{zh_small(day.month)}月{zh_small(day.day)}日"]
    phrases += [
        f"{MONTHS[day.month - 1]} {day.day}",
        f"{ordinal(day.day)} of {MONTHS[day.month - 1]}",
    ]
    weeks = (day - timedelta(day.weekday()) - (today - timedelta(today.weekday()))).days // 7
    name, english = DAYS_ZH[day.weekday()], WEEKDAYS[day.weekday()]
    if weeks in {0, 1, 2}:
        lead = ("本周", "下周", "下下周")[weeks]
        phrases += [lead + name, lead.replace("周", "星期") + name]
    if weeks in {0, 1}:
        phrases += [
            f"{('this', 'next')[weeks]} {english}",
            f"{('this', 'next')[weeks]} {english[:3]}",
        ]
    if away <= 7:
        phrases += [f"周{name}", f"礼拜{name}", english, f"on {english}"]
    phrases += [f"{day.day}号", f"the {ordinal(day.day)}"]
    return phrases


def value_of(phrase: str, now: datetime) -> object:
    dates = read(phrase, now).dates
    return dates[0].value if len(dates) == 1 else dates


days = some.dates(date(2000, 1, 1), date(2098, 12, 31))
moments = some.datetimes(local("2020-01-01T00:00"), local("2089-12-31T00:00"))


@given(day=days, now=moments)
@example(day=date(2028, 2, 29), now=local("2026-11-23T15:40"))
@settings(max_examples=150, deadline=None)
def test_a_full_date_reads_back_in_every_spelling(day: date, now: datetime) -> None:
    assert {phrase: value_of(phrase, now) for phrase in absolute(day)} == dict.fromkeys(
        absolute(day), day
    )


@given(now=moments, away=some.integers(1, 27))
@settings(max_examples=200, deadline=None)
def test_a_coming_day_reads_back_in_every_phrase(now: datetime, away: int) -> None:
    day = now.date() + timedelta(away)
    phrases = relative(day, now.date())
    assert {phrase: value_of(phrase, now) for phrase in phrases} == dict.fromkeys(phrases, day)


@given(now=moments, hour=some.integers(1, 12), minute=some.integers(0, 59), late=some.booleans())
@settings(max_examples=150, deadline=None)
def test_a_time_reads_back(now: datetime, hour: int, minute: int, late: bool) -> None:
    real = hour % 12 + (12 if late else 0)
    tomorrow = datetime.combine(now.date() + timedelta(1), time(real, minute))
    phrases = [
        f"tomorrow {hour}:{minute:02}{'pm' if late else 'am'}",
        f"tomorrow at {hour}:{minute:02} {'p.m.' if late else 'a.m.'}",
    ]
    if 9 <= real <= 11 or 13 <= real <= 18:
        part = "下午" if late else "上午"
        phrases += [f"明天{part}{hour}点{minute}分", f"明天{part}{hour}:{minute:02}"]
        phrases += [f"明天{part}{zh_small(hour)}点{zh_small(minute)}分"] if minute else []
    assert {phrase: value_of(phrase, now) for phrase in phrases} == dict.fromkeys(phrases, tomorrow)


@given(number=some.integers(1, 9999), now=moments)
@settings(max_examples=150, deadline=None)
def test_an_amount_reads_back(number: int, now: datetime) -> None:
    phrases = {
        f"{number}万": number * 10**4,
        f"{number}w": number * 10**4,
        f"{number}亿": number * 10**8,
        f"{number}k": number * 10**3,
        f"{number}M": number * 10**6,
        f"${number:,}": number,
        f"{number}元": number,
        f"USD {number}": number,
        f"{number} million": number * 10**6,
        f"{number / 10}亿": number * 10**7,
    }
    got = {phrase: [found.value for found in read(phrase, now).amounts] for phrase in phrases}
    assert got == {phrase: [value] for phrase, value in phrases.items()}


@given(number=some.integers(1, 99_999_999))
@settings(max_examples=300, deadline=None)
def test_a_chinese_numeral_reads_back(number: int) -> None:
    assert zh_number(zh_spelt(number)) == number


def zh_spelt(number: int) -> str:
    """Spell a number below a hundred million as people write it out in full."""
    high, low = divmod(number, 10_000)
    text = (_four(high) + "万" if high else "") + _four(low, padded=bool(high))
    return text.strip("零")


def _four(number: int, *, padded: bool = False) -> str:
    text, zero = "", padded and number < 1000
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero else "") + DIGITS[digit] + name
        zero = (zero and not digit) or (bool(text) and not digit)
        if digit:
            zero = False
    return text


@given(text=some.text(max_size=80), now=moments)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_an_error_and_quoted_exactly(text: str, now: datetime) -> None:
    reading = read(text, now)
    found = [*reading.clients, *reading.dates, *reading.amounts, *reading.rates, *reading.people]
    found += [*reading.needs, *reading.doubts]
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
