"""Who is in the demo: invented people and companies, none of them real."""

from dataclasses import dataclass

from domain.clients import ClientKind, Tier
from domain.people import Role

TEAM = "城东支行 · East Branch"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in the demo, and the phone they hold."""

    telegram_id: int
    name: str
    role: Role
    lang: str
    caption_zh: str
    caption_en: str


COLLEAGUES = (
    Colleague(1001, "林晓", Role.MANAGER, "zh", "客户经理", "relationship manager"),
    Colleague(1002, "Amy Brooks", Role.MANAGER, "en", "客户经理", "relationship manager"),
    Colleague(1003, "陈立", Role.LEAD, "zh", "团队长", "team lead"),
)
NEWCOMER = Colleague(
    1004, "Sam Reed", Role.MANAGER, "en", "新同事，点“开始”", "new colleague: press Start"
)


@dataclass(frozen=True, slots=True)
class DemoClient:
    """A client of the demo; the last contact lies so many days back (None: never)."""

    name: str
    kind: ClientKind = ClientKind.CORPORATE
    tier: Tier = Tier.BASIC
    phone: str | None = None
    contact: str | None = None
    city: str | None = None
    history: tuple[tuple[int, str], ...] = ()


XIAO = (
    DemoClient(
        "绿源食品有限公司",
        tier=Tier.KEY,
        phone="13800010001",
        contact="王建",
        city="城东区",
        history=(
            (33, "拜访绿源食品 王总说年底有500万流贷到期 想续贷"),
            (61, "电话绿源食品 了解代发人数 约120人"),
        ),
    ),
    DemoClient(
        "宏达机械制造有限公司",
        tier=Tier.STRATEGIC,
        phone="13800010002",
        contact="李工",
        city="开发区",
        history=((12, "拜访宏达机械 看了新厂房 谈设备贷800万"), (40, "宏达机械来行里 谈结算")),
    ),
    DemoClient(
        "千禾酒业股份有限公司",
        tier=Tier.KEY,
        phone="13800010003",
        contact="周一鸣",
        city="西郊",
        history=((5, "周一鸣来访 谈代发120人 意向可以"),),
    ),
    DemoClient(
        "八方物流有限公司",
        tier=Tier.BASIC,
        phone="13800010004",
        city="物流园",
        history=((70, "给八方物流打电话 暂无需求"),),
    ),
    DemoClient(
        "西郊牧场", tier=Tier.BASIC, city="西郊", history=((3, "去了西郊牧场 没签成 等批复"),)
    ),
    DemoClient(
        "中和制药有限公司",
        tier=Tier.PROSPECT,
        phone="13800010006",
        city="开发区",
        history=((16, "拜访中和制药 要现金管理方案"),),
    ),
    DemoClient("鑫隆贸易有限公司", tier=Tier.LONG_TAIL, city="城东区"),
    DemoClient(
        "鑫隆建材有限公司", tier=Tier.BASIC, city="城南区", history=((20, "微信鑫隆建材 问候"),)
    ),
    DemoClient(
        "曾静",
        kind=ClientKind.INDIVIDUAL,
        tier=Tier.WEALTH,
        phone="13900020001",
        history=((50, "电话曾静 大额存单到期转理财"),),
    ),
    DemoClient(
        "王芳",
        kind=ClientKind.INDIVIDUAL,
        tier=Tier.PRIVATE,
        phone="13900020002",
        history=((9, "拜访王芳 存单150万月底到期"),),
    ),
)

AMY = (
    DemoClient(
        "Acme Fittings Ltd",
        tier=Tier.KEY,
        phone="+442079460001",
        contact="Jen Moore",
        city="Leeds",
        history=(
            (31, "visited Acme, 2M renewal wanted before year end"),
            (75, "called Acme about payroll"),
        ),
    ),
    DemoClient(
        "Northwind Dairy plc",
        tier=Tier.STRATEGIC,
        phone="+442079460002",
        contact="Tom Hale",
        city="York",
        history=((6, "lunch with Tom at Northwind, happy with the terms"),),
    ),
    DemoClient(
        "Globex Tooling Ltd",
        tier=Tier.BASIC,
        phone="+442079460003",
        city="Hull",
        history=((64, "called Globex, no need now"),),
    ),
    DemoClient(
        "Stellar Optics Ltd",
        tier=Tier.KEY,
        phone="+442079460004",
        contact="May Chen",
        city="Leeds",
        history=((14, "met May at Stellar, moving 450k over"),),
    ),
    DemoClient(
        "Initech Paper Co",
        tier=Tier.PROSPECT,
        city="York",
        history=((10, "visited Initech, wants a quote"),),
    ),
    DemoClient("Harbour Lane Bakery", tier=Tier.LONG_TAIL, city="Hull"),
    DemoClient(
        "Mary Whitlock",
        kind=ClientKind.INDIVIDUAL,
        tier=Tier.WEALTH,
        phone="+447700900001",
        history=((20, "called Mary about her deposit"),),
    ),
)

PORTFOLIOS = {"林晓": XIAO, "Amy Brooks": AMY}

# (owner, client, kind, purpose, days from today, time of day or None)
FOLLOW_UPS = (
    ("林晓", "绿源食品有限公司", "visit", "续贷500万材料", 0, "14:30"),
    ("林晓", "宏达机械制造有限公司", "visit", "送设备贷方案", -2, None),
    ("林晓", "王芳", "call", "存单到期转理财", 1, None),
    ("林晓", "中和制药有限公司", "task", "准备现金管理方案", 3, None),
    ("Amy Brooks", "Acme Fittings Ltd", "visit", "loan renewal", 0, "14:30"),
    ("Amy Brooks", "Stellar Optics Ltd", "call", "450k transfer", -1, None),
    ("Amy Brooks", "Initech Paper Co", "task", "send the quote", 2, None),
)

TARGETS = (
    "林晓 visits {month} 24/28/32",
    "林晓 calls {month} 40",
    "林晓 deposits {month} 5000万/6000万/7000万",
    "Amy Brooks visits {month} 20/24/28",
    "Amy Brooks calls {month} 30",
    "Amy Brooks deposits {month} 30M/36M/42M",
)
ENTRIES = (
    ("林晓", "deposits", 32_000_000, "千禾酒业股份有限公司"),
    ("Amy Brooks", "deposits", 21_000_000, "Northwind Dairy plc"),
)
