"""Words for kinds and tiers of clients, as files write them (glossary: 客户分层)."""

from domain.clients import ClientKind, Tier

_KINDS = {
    ClientKind.CORPORATE: """
        对公, 公司, 企业, 单位, 机构, 法人, 对公客户, 公司客户, 企业客户, 机构客户, corporate,
        company, business, corp, organisation, organization, legal entity
    """,
    ClientKind.INDIVIDUAL: """
        对私, 个人, 个人客户, 零售, 零售客户, 自然人, individual, person, personal, retail,
        private individual
    """,
}
_TIERS = {
    Tier.STRATEGIC: "战略, 战略客户, strategic",
    Tier.KEY: "重点, 重点客户, key, key client, key account",
    Tier.BASIC: "基础, 基础客户, basic",
    Tier.LONG_TAIL: "长尾, 长尾客户, long tail, long_tail, longtail, long-tail",
    Tier.PRIVATE: "私行, 私行客户, 私人银行, private, private banking",
    Tier.WEALTH: "财富, 财富客户, wealth",
    Tier.VIP: "贵宾, 贵宾客户, vip",
    Tier.MASS: "大众, 大众客户, mass",
    Tier.PROSPECT: "潜客, 潜在客户, 潜在, prospect, lead",
}

KINDS: dict[str, ClientKind] = {
    " ".join(word.split()): kind for kind, words in _KINDS.items() for word in words.split(",")
}
TIERS: dict[str, Tier] = {
    word.strip(): tier for tier, words in _TIERS.items() for word in words.split(",")
}
