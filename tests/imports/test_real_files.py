"""Lists as banks and registries publish them; skipped where the sample data is not present."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.imports import run
from domain.clients import ClientKind
from domain.rules import Rules
from storage.database import Database
from tests.imports.files import judged, opened

# A folder "shared" beside the checkout, where there is one.
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the sample data is not on this machine")


@pytest.mark.parametrize(
    ("file", "accepted", "duplicates", "refused"),
    [
        ("berka/clients_joined.csv", 5369, 0, 0),
        ("en_retail_crm/clients.csv", 5369, 0, 0),
        ("en_companies/sp500_constituents.csv", 503, 0, 0),
        ("cn_companies/a_share_codes.csv", 5635, 5, 0),
        ("geo/stores_cn.csv", 2734, 0, 0),
        ("cn_people/Chinese_Family_Name_1k.xlsx", 1071, 2, 1),
        ("cn_regions/cities.csv", 337, 5, 0),
    ],
)
def test_a_whole_list_comes_in(
    small_database: Database, file: str, accepted: int, duplicates: int, refused: int
) -> None:
    ran = run(small_database, DATA / file, Rules(), lambda: datetime(2026, 11, 23, tzinfo=UTC))
    plan = ran.plan
    found = (plan.accepted, len(plan.duplicates), len(plan.refused))
    assert found == (accepted, duplicates, refused)


def test_people_of_a_bank_have_their_names_put_together() -> None:
    good, _ = judged(DATA / "en_retail_crm/clients.csv")
    emma = good[0]
    assert (emma.name, emma.code, emma.phone) == ("Emma Avaya Smith", "C00000001", "367-555-0101")
    assert (emma.kind, emma.city) == (ClientKind.INDIVIDUAL, "Albuquerque")


def test_clients_known_by_number_only() -> None:
    good, _ = judged(DATA / "berka/clients_joined.csv")
    assert (good[0].name, good[0].code, good[0].kind) == ("Client 1", "1", ClientKind.INDIVIDUAL)


def test_full_width_letters_and_padding() -> None:
    good, _ = judged(DATA / "cn_companies/a_share_codes.csv")
    assert (good[1].name, good[1].code) == ("万科A", "000002")


def test_stores_have_their_place() -> None:
    good, bad = judged(DATA / "geo/stores_cn.csv")
    assert bad == []
    assert all(one.lat is not None and one.lon is not None for one in good)


def test_odd_tables_are_understood_or_refused_clearly() -> None:
    assert opened(DATA / "geo/cities15000_cn.csv").mapping.fields["name_zh"] == "alias"
