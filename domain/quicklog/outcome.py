"""What came of a contact: met or not, reached or not, interested or not."""

from domain.quicklog.patterns import lazy

_OUTCOMES: tuple[tuple[str, str], ...] = (
    (
        "no_answer",
        r"没接|未接|不接|没人接|无人接|没打通|打不通|未接通|没接通|没通|占线|关机"
        r"|停机|空号|忙音|没回电|语音信箱|没人听"
        r"|no answer|did(?:n't| not) (?:answer|pick up)|not? pick(?:ing|ed)? up|voice ?mail|\bvm\b"
        r"|unanswered"
        r"|couldn't reach|can't reach|could not reach|unreachable|no reply|line busy"
        r"|rang out|went unanswered",
    ),
    (
        "not_met",
        r"没见到|未见到|没见着|没碰到|没碰上|没遇到|不在(?:办公室|公司|家|厂|单位)?"
        r"|扑空|跑空|白跑|人不在|放鸽子|未遇|没人(?![接听])"
        r"|not in|wasn't (?:in|there)|was(?:n't| not) (?:in|there)|nobody (?:in|there)"
        r"|no one (?:in|there)"
        r"|cancell?ed (?:today|this|the|our|on (?:us|me))|\bclosed(?=[.!]?$)"
        r"|no[- ]?show|stood (?:me|us) up|missed (?:him|her|them)|office closed|didn't show",
    ),
    (
        "declined",
        r"婉拒|拒绝|不同意|不合作|不做了|谈崩|不愿意|不接受|推掉|没戏|不打算做|选择了他行|去了他行"
        r"|declined|turned (?:us|it|me) down|refused|said no|not going ahead|rejected"
        r"|walked away|went with (?:a )?competitor",
    ),
    (
        "no_need",
        r"没(?:有)?需求|暂无需求|无需求|暂时不需要|不需要|没(?:这|有)?意向|不感兴趣"
        r"|没兴趣|不考虑|暂不考虑"
        r"|no need|not interested|no interest|doesn't need|don't need|nothing needed"
        r"|no requirements?|not (?:right )?now",
    ),
    (
        "interested",
        r"有意向|意向(?:可以|较强|强|不错|明确)|感兴趣|有兴趣|有需求|愿意|同意|想做"
        r"|考虑办|答应|没问题|谈得(?:不错|很好|挺好)|聊得(?:不错|很好)|谈妥|搞定|签了"
        r"|interested|keen|agreed|on board|happy to proceed|wants? to|would like|went well"
        r"|great chat|good chat|signed|likes? the|positive",
    ),
)
_COMPILED = tuple((code, lazy(pattern)) for code, pattern in _OUTCOMES)


def find_outcome(lowered: str, kind: str) -> str | None:
    """Find the outcome of a folded, lower-case text; a call cannot miss a person in the flesh."""
    for code, pattern in _COMPILED:
        if pattern.search(lowered):
            if code == "not_met" and kind in {"call", "message"}:
                return "no_answer" if kind == "call" else None
            return code
    return "met" if kind in {"visit", "meeting"} else None
