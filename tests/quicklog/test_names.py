"""Client names: what people call a company, and finding it inside a sentence."""

import pytest

from domain.names import Names, core_name, short_names

PORTFOLIO = [
    (1, "绿源食品有限公司", ()),
    (2, "中和制药股份有限公司", ()),
    (3, "东岳汽配有限公司", ("老东岳",)),
    (4, "宏达机械制造有限公司", ()),
    (5, "宏达物流有限公司", ()),
    (6, "王芳", ()),
    (7, "Acme Ltd", ()),
    (8, "Northwind Traders Inc.", ()),
    (9, "Globex Corporation", ("GBX",)),
    (10, "Target Corporation", ()),
    (11, "Northgate Foods plc", ()),
    (12, "江苏华成模具有限公司", ()),
]
NAMES = Names(PORTFOLIO)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("绿源食品有限公司", "绿源食品"),
        ("江苏华成模具有限公司", "华成模具"),
        ("上海电气集团股份有限公司", "上海电气"),
        ("綠源食品（集團）有限公司", "绿源食品"),
        ("Acme Ltd", "acme"),
        ("Northwind Traders, Inc.", "northwind traders"),
        ("The Gadget Company", "gadget"),
        ("Müller GmbH & Co. KG", "müller"),
        ("王芳", "王芳"),
    ],
)
def test_the_core_of_a_name_has_no_legal_suffix_and_no_place(name, core):
    assert core_name(name) == core


def test_short_names_are_what_people_say():
    assert short_names("绿源食品有限公司") == ("绿源食品有限公司", "绿源食品", "绿源")
    assert short_names("Northwind Traders Inc.") == (
        "northwind traders inc.",
        "northwind traders",
        "northwind",
    )


@pytest.mark.parametrize(
    ("text", "client", "shown"),
    [
        ("刚从绿源出来谈得不错", 1, "绿源"),
        ("访 绿源食品 谈续贷", 1, "绿源食品"),
        ("綠源食品貸後首檢", 1, "綠源食品"),
        ("拜访中和制药", 2, "中和制药"),
        ("中和下周三送方案", 2, "中和"),
        ("老东岳说月底回款", 3, "老东岳"),
        ("王芳的大额存单", 6, "王芳"),
        ("great chat at acme, they need 2m", 7, "acme"),
        ("ACME LTD called", 7, "ACME LTD"),
        ("lunch with northwind's CFO", 8, "northwind"),
        ("saw gbx today", 9, "gbx"),
        ("电联华成 没接", 12, "华成"),
    ],
)
def test_a_client_is_found_inside_a_sentence(text, client, shown):
    (found,) = NAMES.find(text)
    assert (found.ids, found.certainty) == ((client,), "certain")
    assert text[found.start : found.end] == shown


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("拜访宏达", (4, 5)),  # two clients answer to it
        ("拜访绿源物流", (1,)),  # the words beside it make it another company
        ("visited Globx", (9,)),  # a typo
        ("visited Northwnd", (8,)),
        ("新绿源开业", (1,)),  # perhaps part of a longer name
        ("met Target re payroll", (10,)),  # an everyday word
    ],
)
def test_a_doubtful_name_only_offers_candidates(text, ids):
    (found,) = NAMES.find(text)
    assert (set(found.ids), found.certainty) == (set(ids), "candidates")


@pytest.mark.parametrize(
    "text",
    [
        "we missed the target again",
        "今天例行走访",
        "north of the river",
        "谈得和气",
        "the globe is round",
        "",
    ],
)
def test_ordinary_words_are_no_clients(text):
    assert NAMES.find(text) == ()


def test_several_clients_come_in_the_order_of_the_text():
    found = NAMES.find("拜访中和制药和东岳汽配 中和下周三送授信方案")
    assert [one.ids for one in found] == [(2,), (3,), (2,)]
    assert {one.certainty for one in found} == {"certain"}
