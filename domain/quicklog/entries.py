"""Target entries: `+存款 500万 绿源`, `+deposit 2M Acme`."""

import re

from domain.quicklog.figures import MASK, Figures
from domain.quicklog.patterns import lazy
from domain.quicklog.portfolio import Names
from domain.quicklog.reading import ClientMention, Entry

# metric → words; the metrics are the keys of the target settings.
METRICS: dict[str, tuple[str, ...]] = {
    "deposits": ("日均存款", "时点存款", "存款", "日均", "deposits", "deposit"),
    "loans": ("贷款余额", "贷款", "放款", "累放", "loans", "loan", "lending"),
    "settlement": ("结算量", "结算", "settlement", "turnover"),
    "new_clients": ("新增客户", "新客户", "开户", "新户", "拓户", "new clients", "new client"),
    "visits": ("拜访", "走访", "面访", "visits", "visit"),
    "calls": ("电访", "电话", "calls", "call"),
    "fees": ("中间业务收入", "中收", "fees", "fee income", "fee"),
    "wealth": ("理财", "aum", "wealth"),
    "payroll": ("代发", "payroll"),
    "cards": ("信用卡", "cards", "card"),
}
_METRIC_OF = {word: metric for metric, words in METRICS.items() for word in words}
_ENTRY = lazy(
    r"^\s*\+\s*(?P<metric>" + "|".join(sorted(_METRIC_OF, key=len, reverse=True)) + r")(?![a-z])",
    re.IGNORECASE,
)
_COUNT = lazy(r"\s*[:：]?\s*(?P<count>\d{1,4})(?:户|家|个|次|张|人)?(?=\s|$)")
_NAME = lazy(rf"[^\s{MASK},.;]+(?:\s+(?=[A-Z&])[^\s{MASK},.;]+)*")
_NO_NAME = lazy(
    r"(?:定期|活期|定存|大额|通知|一年|今|昨|明|到账|入账|入金|新增|约|左右|人民币"
    r"|today|yesterday|from|for|booked|fixed|term|in|at|on|\d)",
    re.IGNORECASE,
)


def read_entry(text: str, folded: str, figures: Figures, names: Names | None) -> Entry | None:
    """Read a target entry; None when the text does not begin with + and a metric."""
    match = _ENTRY.match(folded)
    if match is None:
        return None
    metric = _METRIC_OF[match["metric"].lower()]
    amount = figures.amounts[0] if figures.amounts else None
    counted = _COUNT.match(figures.masked, match.end()) if amount is None else None
    start = counted.end() if counted else match.end()
    client = _client(text, figures.masked, start, names)
    return Entry(metric, amount, client, int(counted["count"]) if counted else None)


def _client(text: str, masked: str, start: int, names: Names | None) -> ClientMention | None:
    if names is not None:
        for one in names.find(text[start:]):
            left, right = start + one.start, start + one.end
            return ClientMention(text[left:right], left, right, one.ids, one.certainty, one.name)
    for match in _NAME.finditer(masked, start):
        lead = re.match(r"(?:from|for|at)\s+", match[0], re.IGNORECASE)
        left = match.start() + (lead.end() if lead else 0)
        if not _NO_NAME.match(masked, left) and match.end() - left >= 2:
            return ClientMention(text[left : match.end()], left, match.end())
    return None
