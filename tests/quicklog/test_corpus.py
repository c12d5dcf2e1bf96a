"""The phrase corpora: what field people write, with what it means."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from domain.quicklog import read
from domain.quicklog.as_json import iso
from domain.quicklog.reading import Reading
from services.calendars import ChineseCalendar

HERE = Path(__file__).parent
NOW = datetime.fromisoformat("2026-11-23T15:40:00+08:00")  # a Monday
CALENDAR = ChineseCalendar()
SHAPES = {
    "kind": lambda reading: reading.kind,
    "intent": lambda reading: reading.intent,
    "clients": lambda reading: [client.text for client in reading.clients],
    "when": lambda reading: iso(reading.when),
    "follow_up": lambda reading: iso(reading.follow_up),
    "dates": lambda reading: [iso(found.value) for found in reading.dates],
    "amounts": lambda reading: [found.value for found in reading.amounts],
    "currency": lambda reading: reading.amounts[-1].currency if reading.amounts else None,
    "rates": lambda reading: [found.value for found in reading.rates],
    "outcome": lambda reading: reading.outcome,
    "people": lambda reading: [person.text for person in reading.people],
    "recurring": lambda reading: reading.recurring is not None,
    "doubts": lambda reading: len(reading.doubts),
}


def lines(lang: str) -> list[dict]:
    text = (HERE / f"corpus_{lang}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def misread(line: dict, reading: Reading) -> dict:
    got = {key: SHAPES[key](reading) for key in line["expect"]}
    return {key: value for key, value in got.items() if value != line["expect"][key]}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("group", ["date", "amount", "none", "log"])
def test_every_phrase_is_read_as_expected(lang: str, group: str) -> None:
    chosen = [line for line in lines(lang) if line["group"] == group]
    failed = []
    for line in chosen:
        wrong = misread(line, read(line["text"], NOW, lang=lang, calendar=CALENDAR))
        if wrong:
            failed.append(f"{line['text']}: expected {line['expect']}, got {wrong}")
    assert not failed, f"{len(failed)} of {len(chosen)}:\n" + "\n".join(failed)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_corpus_is_broad(lang: str) -> None:
    groups = [line["group"] for line in lines(lang)]
    texts = [line["text"] for line in lines(lang)]
    assert len(groups) >= 300
    assert len(set(texts)) == len(texts)
    assert min(groups.count(name) for name in ("date", "none", "log")) >= 50
