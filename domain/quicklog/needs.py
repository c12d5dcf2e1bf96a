"""Needs and products that a text names, as the bank's own list has them."""

from domain.quicklog.patterns import lazy
from domain.quicklog.reading import NeedMention

# code → words; the codes follow the needs of the glossary (融资/结算/现金管理/代发/理财/国际/其他).
NEEDS: dict[str, tuple[str, ...]] = {
    "renewal": ("无还本续贷", "续贷", "续授信", "转贷", "renewal", "renew the loan", "rollover"),
    "loan": (
        "流动资金贷款",
        "流贷",
        "固贷",
        "固定资产贷款",
        "项目贷",
        "经营贷",
        "按揭",
        "房贷",
        "车贷",
        "消费贷",
        "信用贷",
        "抵押贷",
        "贷款",
        "融资",
        "授信",
        "增额",
        "提额",
        "trade loan",
        "term loan",
        "working capital",
        "overdraft",
        "loan",
        "mortgage",
        "credit line",
        "facility",
        "rcf",
        "financing",
        "lending",
        "borrow",
    ),
    "bill": ("银承", "承兑汇票", "承兑", "贴现", "商票", "票据池", "discounting", "acceptance"),
    "guarantee": ("保函", "履约保证", "guarantee", "bond line", "performance bond"),
    "trade": ("信用证", "押汇", "福费廷", "letter of credit", "trade finance", "lc"),
    "fx": (
        "结售汇",
        "购汇",
        "结汇",
        "远期",
        "锁汇",
        "外汇",
        "跨境",
        "国际结算",
        "fx",
        "forex",
        "hedge",
        "hedging",
        "forward",
        "cross-border",
    ),
    "cash": ("现金管理", "资金池", "资金归集", "cash management", "cash pooling", "sweep"),
    "settlement": (
        "结算",
        "开户",
        "收单",
        "收款码",
        "pos机",
        "网银",
        "银企直连",
        "聚合支付",
        "account opening",
        "open an account",
        "merchant services",
        "online banking",
        "payments",
        "new account",
    ),
    "payroll": ("代发工资", "代发", "payroll"),
    "deposit": (
        "大额存单",
        "定期存款",
        "通知存款",
        "结构性存款",
        "协定存款",
        "存款",
        "定存",
        "定期",
        "time deposit",
        "fixed deposit",
        "deposit",
        "cds",
    ),
    "wealth": (
        "理财",
        "基金",
        "信托",
        "私募",
        "贵金属",
        "黄金",
        "wealth",
        "mutual fund",
        "investment",
        "portfolio review",
    ),
    "insurance": ("保险", "年金", "insurance", "annuity"),
    "card": ("信用卡", "公务卡", "商务卡", "credit card", "corporate card"),
    "supply_chain": ("供应链", "保理", "应收账款", "factoring", "supply chain", "receivables"),
    "leasing": ("租赁", "leasing", "lease finance"),
    "bond": ("发债", "债券", "短融", "中票", "bond issue"),
}
_CODES = {word: code for code, words in NEEDS.items() for word in words}
_HAN = "|".join(sorted((w for w in _CODES if not w.isascii()), key=len, reverse=True))
_LATIN = "|".join(sorted((w for w in _CODES if w.isascii()), key=len, reverse=True))
_NEED_ZH = lazy(_HAN)
_NEED_EN = lazy(rf"\b(?:{_LATIN})(?=s?\b)")


def find_needs(text: str, lowered: str) -> tuple[NeedMention, ...]:
    """Find needs and products, each code once, in the order in which they are named."""
    seen: dict[str, NeedMention] = {}
    matches = [*_NEED_ZH.finditer(lowered), *_NEED_EN.finditer(lowered)]
    for match in sorted(matches, key=lambda match: match.start()):
        word, start = match[0], match.start()
        mention = NeedMention(
            text[start : start + len(word)], start, start + len(word), _CODES[word]
        )
        seen.setdefault(mention.code, mention)
    return tuple(seen.values())
