"""The catalogue: both languages say everything, with the same facts, and nothing is left over."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from handlers.locale import LANGUAGES

ROOT = Path(__file__).parents[1]
FLOORS = ("bot", "handlers", "services", "domain", "storage")
KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-zA-Z0-9_]+)+")


def messages(lang: str) -> dict[str, tuple[str, ...]]:
    path = ROOT / "handlers" / "locale" / lang / "LC_MESSAGES" / "rounds.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=lang)
    found = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            found[str(key)] = tuple(str(text) for text in texts)
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def strings_in_code() -> tuple[set[str], set[str]]:
    """Every literal in the code, and the beginnings of every f-string that may build a key."""
    whole, beginnings = set(), set()
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    whole.add(node.value)
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    beginnings.add(str(node.values[0].value))
    return whole, {b for b in beginnings if re.fullmatch(r"[a-z_]+(\.[a-z_]+)*\.([a-z_]*)", b)}


def problem_keys() -> set[str]:
    """The keys that ``Problem("…")`` is raised with."""
    found = set()
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                    first = node.args[0]
                    if isinstance(first, ast.Constant):
                        found.add(f"problem.{first.value}")
    return found


def test_both_languages_have_the_same_keys() -> None:
    zh, en = (set(messages(lang)) for lang in ("zh", "en"))
    assert zh == en


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_stands_twice(lang: str) -> None:
    path = ROOT / "handlers" / "locale" / lang / "LC_MESSAGES" / "rounds.po"
    keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted(set(keys))


def test_every_sentence_is_there_with_the_same_facts() -> None:
    zh, en = messages("zh"), messages("en")
    for key in zh:
        assert all(zh[key]), key
        assert all(en[key]), key
        facts = {frozenset(placeholders(text)) - {"n"} for text in (*zh[key], *en[key])}
        # A month is a number in Chinese and a name in English; everything else says the same.
        assert len(facts) == 1 or key == "period.month", f"{key}: {facts}"


def test_every_problem_has_a_sentence() -> None:
    assert problem_keys() <= set(messages("en"))


def test_every_key_in_the_code_is_in_the_catalogue() -> None:
    whole, _ = strings_in_code()
    known = set(messages("en"))
    heads = {key.split(".")[0] for key in known}
    used = {text for text in whole if KEY.fullmatch(text) and text.split(".")[0] in heads}
    used = {text for text in used if not text.endswith("_")}  # the beginning of an f-string
    # Other dotted words: modules, attributes, settings.
    modules = {text for text in used if (ROOT / Path(*text.split("."))).exists()}
    settings = {text for text in used if text.split(".")[0] in {"telegram", "targets", "imports"}}
    files = {text for text in used if text.endswith((".xlsx", ".csv"))}
    columns = {"entry.id"}  # a foreign key
    missing = used - known - modules - settings - files - columns
    assert missing == set()


def test_nothing_is_left_over() -> None:
    whole, beginnings = strings_in_code()
    problems = problem_keys()
    unused = {
        key
        for key in messages("en")
        if key not in whole
        and key not in problems
        and not any(key.startswith(beginning) for beginning in beginnings)
    }
    assert unused == set()
