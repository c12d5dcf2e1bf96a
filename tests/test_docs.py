"""What a newcomer reads is true: settings, commands, links, names of files, words."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest

from bot.cli import main
from bot.config import Section, Settings
from domain.clients import Tier
from domain.contacts import ContactKind, Outcome
from domain.people import Role
from domain.rules import METRICS
from handlers import (
    registry,
    table,  # noqa: F401 – fills the registry
)
from handlers.locale import sentence

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "deploy/*.md") for path in ROOT.glob(pattern)
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FLOORS = ("bot", "handlers", "services", "storage", "domain", "sandbox", "tests", "deploy", "docs")
PLACE = re.compile(rf"(?:{'|'.join(FLOORS)})/[\w./-]+")
README = (ROOT / "README.md").read_text(encoding="utf-8")
by_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))


def blocks(text: str) -> list[str]:
    """The fenced blocks of a page."""
    return re.findall(r"^[ ]*```\w*\n(.*?)^[ ]*```", text, re.MULTILINE | re.DOTALL)


def defaults() -> dict[str, dict[str, Any]]:
    """Every setting that the code has, as JSON would hold it."""
    made = Settings()
    found = {}
    for name in Settings.model_fields:
        if isinstance(section := getattr(made, name), Section):
            found[name] = section.model_dump(mode="json")
    return found


def shown(value: Any) -> str:
    """A default as the table in the README writes it: times without seconds, nothing for none."""
    text = ", ".join(value) if isinstance(value, list) else str(value)
    text = re.sub(r"^(\d\d:\d\d):00$", r"\1", text)
    return f"`{text}`" if text else ""


def test_the_settings_file_has_every_key_with_its_default() -> None:
    """Neither more nor less than the code has; the same once it is read."""
    written = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    assert {name: set(keys) for name, keys in written.items()} == {
        name: set(keys) for name, keys in defaults().items()
    }
    assert Settings.model_validate(written).model_dump(exclude={"base"}) == Settings().model_dump(
        exclude={"base"}
    )


def test_every_section_of_the_settings_file_is_explained() -> None:
    """A comment follows each section's name."""
    lines = (ROOT / "config.toml").read_text(encoding="utf-8").splitlines()
    heads = [place for place, line in enumerate(lines) if line.startswith("[")]
    assert [lines[place] for place in heads if not lines[place + 1].startswith("# ")] == []


def test_the_readme_has_every_setting_with_its_default() -> None:
    """The table and the code agree, row by row, in the same order."""
    table_of_settings = README.partition("\n## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+\.\w+)` \| (.*?) ?\| ", table_of_settings, re.MULTILINE)
    assert rows == [
        (f"{section}.{key}", shown(value))
        for section, keys in defaults().items()
        for key, value in keys.items()
    ]


def test_the_readme_has_every_command_of_the_shell() -> None:
    """None is missing, and none is promised that does not exist."""
    listed = set(re.findall(r"^\| `rounds (\w+)", README, re.MULTILINE))
    assert listed == set(main.list_commands(click.Context(main)))


def test_the_readme_has_every_command_of_the_chat() -> None:
    """The paragraph after "In the chat"."""
    paragraph = README.partition("In the chat: ")[2].partition("\n\n")[0]
    assert set(re.findall(r"`/(\w+)`", paragraph)) == set(registry.commands)


def called(text: str) -> list[list[str]]:
    """Words of each call of ``rounds`` in a page's code."""
    joined = [block.replace("\\\n", " ") for block in blocks(text)]
    spans = [line for block in joined for line in block.splitlines()] + CODE.findall(text)
    found = []
    for span in spans:
        words = shlex.split(span.partition(" #")[0], posix=True) if '"' in span else span.split()
        for place, word in enumerate(words[:-1]):
            if word == "rounds" and place > 0:
                # The name of an image, an account or a volume, unless a command follows.
                following = words[place + 1] in COMMANDS
            else:
                following = word == "rounds" or word.endswith("/bin/rounds")
            if following:
                found.append(words[place + 1 :])
    return found


COMMANDS = set(main.list_commands(click.Context(main)))


def options_of(words: list[str]) -> tuple[set[str], set[str]]:
    """The long options in a call, and those that the command has."""
    context = click.Context(main)
    command: click.Command = main
    rest = list(words)
    while rest and isinstance(command, click.Group) and not rest[0].startswith("-"):
        inner = command.get_command(context, rest[0])
        assert inner is not None or not rest[0].islower(), words
        if inner is None:  # COMMAND, or another word that stands for any
            break
        command = inner
        rest.pop(0)
    known = {name for param in command.params for name in param.opts}
    return {word for word in rest if word.startswith("--")}, known | {"--help", "--version"}


@by_page
def test_options_named_in_a_page_exist(page: Path) -> None:
    """Each call of ``rounds`` in code could be typed as it stands."""
    for words in called(page.read_text(encoding="utf-8")):
        used, known = options_of(words)
        assert used <= known, words


def test_calls_are_found_in_the_readme() -> None:
    """The test above has something to look at."""
    assert {words[0] for words in called(README)} >= {"migrate", "invite", "check", "run", "import"}


@by_page
def test_make_targets_named_in_a_page_exist(page: Path) -> None:
    """`make X` is a target of the Makefile."""
    text = page.read_text(encoding="utf-8")
    code = "\n".join([*CODE.findall(text), *blocks(text)])
    wanted = set(re.findall(r"(?:^|[\s&])make (?:-C \S+ )?([a-z][\w-]*)", code, re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert wanted <= set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))


def anchors(path: Path) -> set[str]:
    """Headings as they are linked to."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@by_page
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    """Files are there, and so are headings."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


@by_page
def test_files_named_in_a_page_exist(page: Path) -> None:
    """A path in code that begins with a folder of ours, but for patterns and examples."""
    for span in CODE.findall(page.read_text(encoding="utf-8")):
        if PLACE.fullmatch(span):
            assert (ROOT / span).exists(), span


def test_decisions_are_numbered_and_listed() -> None:
    """1, 2, 3 …, each with its number in its title and in the index."""
    folder = ROOT / "docs" / "decisions"
    files = sorted(folder.glob("[0-9]*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert listed == [file.name for file in files]
    for file in files:
        assert file.read_text(encoding="utf-8").startswith(f"# {file.name[:4]} ")


def test_decisions_that_the_code_refers_to_exist() -> None:
    """``docs/decisions/0004`` in a comment is a page."""
    sources = [ROOT / "pyproject.toml", *(p for f in FLOORS[:6] for p in (ROOT / f).rglob("*.py"))]
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    numbers = set(re.findall(r"docs/decisions/(\d{4})", text))
    assert numbers
    assert numbers <= {file.name[:4] for file in (ROOT / "docs" / "decisions").glob("[0-9]*.md")}


# What people are shown as a word of its own, by the catalogue's key.
WORDS = [
    *(f"kind.{kind}" for kind in ContactKind),
    *(f"outcome.{outcome}" for outcome in Outcome),
    *(f"tier.{tier}" for tier in Tier),
    *(f"role.{role}" for role in Role),
]


@pytest.mark.parametrize("key", WORDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_glossary_has_the_words_of_the_screens(lang: str, key: str) -> None:
    """The very word of the catalogue, in the column of its language or in the meaning."""
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").casefold()
    assert sentence(lang, key).casefold() in glossary


@pytest.mark.parametrize("metric", METRICS)
def test_the_glossary_has_the_metrics(metric: str) -> None:
    """In Chinese, where the terms are fixed; English labels are shortened for the phone."""
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert sentence("zh", f"metric.{metric}") in glossary


def test_the_glossary_explains_each_term_once() -> None:
    """No term has two rows."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE)
    named = [term for term in terms if term not in {"中文", "word"}]
    assert len(named) > 60
    assert len(named) == len(set(named))


def test_what_the_image_copies_exists_and_is_let_in() -> None:
    """Every COPY has its source, and the ignore file lets it through."""
    lines = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--" not in line]
    sources = {source for copy in copies for source in copy}
    ignore = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert sources >= {"requirements.txt", "bot", "config.toml"}
    assert {source for source in sources if not (ROOT / source).exists()} == set()
    assert {f"!{source}" for source in sources} <= set(ignore)


def test_the_unit_calls_commands_that_exist() -> None:
    """``ExecStart`` and what comes before it."""
    unit = (ROOT / "deploy" / "rounds.service").read_text(encoding="utf-8")
    names = re.findall(r"^ExecStart(?:Pre)?=\S+/rounds (\w+)$", unit, re.MULTILINE)
    assert names == ["migrate", "run"]
    assert set(names) <= COMMANDS


def test_the_gate_is_a_script_that_can_run() -> None:
    """Executable, and bash can read it."""
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111 == 0o111
    subprocess.run(["bash", "-n", str(script)], check=True, timeout=20)
