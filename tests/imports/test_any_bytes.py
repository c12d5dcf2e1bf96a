"""Whatever is sent, the answer is rows or one clear problem, never a crash."""

import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.problems import Problem
from tests.imports.files import judged, rezipped, workbook

TABLE = '名称,电话,备注\n绿源食品,13800138000,"老客户\n第二行"\n宏达机械,021-55551234,x\n'
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nADR:;;1 High Street;Leeds;;;\nEND:VCARD\n"


def survives(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        good, bad = judged(path)
    except Problem as problem:
        good, bad = [], [(0, problem.key)]
    assert all(one.name for one in good)
    assert all(key for _, key in bad)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    survives(tmp_path / "any", content)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    codec=st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-16-be"]),
    text=st.sampled_from([TABLE, CARD]),
    at=st.integers(0, 200),
    junk=st.binary(min_size=1, max_size=6),
)
def test_damaged_text(tmp_path: Path, codec: str, text: str, at: int, junk: bytes) -> None:
    whole = text.encode(codec)
    survives(tmp_path / "text", whole[:at] + junk + whole[at + len(junk) :])


@pytest.mark.parametrize("seed", range(60))
def test_workbooks_with_damaged_parts(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    whole = workbook(tmp_path, [["名称", "电话"], ["绿源", 1380013], ["宏达", 2]])
    with zipfile.ZipFile(whole) as archive:
        name = dice.choice([n for n in archive.namelist() if n.startswith("xl/")])
        part = bytearray(archive.read(name))
    for _ in range(dice.randint(1, 20)):
        part[dice.randrange(len(part))] = dice.randrange(256)
    changes = {name.replace("/", "__").replace(".", "_dot_"): bytes(part)}
    survives(tmp_path / "book", rezipped(whole, tmp_path, **changes).read_bytes())


@pytest.mark.parametrize("seed", range(60))
def test_damaged_workbooks(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(
        workbook(tmp_path, [["名称", "电话"], ["绿源", 1380013], ["宏达", 2]]).read_bytes()
    )
    for _ in range(dice.randint(1, 8)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    survives(tmp_path / "book", bytes(content))
