"""The words by which field people say how a contact took place."""

import re
from dataclasses import dataclass

from domain.quicklog.patterns import lazy
from domain.quicklog.reading import Kind

_VISIT = (
    r"联合拜访|拜访|走访|探访|到访|造访|寻访|访问|回访|面访|家访|随访|陪访|登门"
    r"|上门|踏访|踏勘|实地|现场|面签|面谈|核保|首检|尽调|贷前调查"
    r"|贷后(?:检查|首检|回访)?|双人调查|下户|外拓|扫街|扫楼|陌拜|走了一?趟|跑了一?趟"
    r"|去了一?趟|(?:刚)?去过|去了|跑了|(?<![抢带拿搬转逃溜送])走了|到了|刚到|刚去|刚见|见了|见过|见到"
    r"|见完|碰了(?:个?面|一下)|碰面|见面|当面|坐了坐|转了(?:一?圈|转)|看了(?:看"
    r"|下|一下)?(?=.{0,6}(?:厂|车间|仓库|工地|现场|项目|店))|都跑(?:了|完)|跑完"
    r"|走完|访"
    r"|出来|回来|离开"
)
_CALL = (
    r"电话拜访|电话回访|电话沟通|电话联系|电联|电访|电询|致电|去电|来电|回电|通了?(?:个"
    r"|次|一个)?(?:电)?话|打了?\d*[几两三一二]?[个通次]?电话|打电话|打过电话|打给"
    r"|打过去|打了(?=\d|[个通两三几一]|过|一)"
    r"|连线|语音(?:沟通|通话)|电话|拨打|再打|打(?=[^款车印包折算听]{1,12}?(?:没接"
    r"|没人接|无人接|不通|未接|没通|通了))"
)
_MESSAGE = (
    r"发了?(?:个|条)?(?:微信|短信|邮件|消息|信息|语音|资料|方案|材料)|微信(?:沟通"
    r"|联系|聊|回复|上)?|企微|短信|邮件|留言|私信|钉钉|发消息|(?<![a-z])(?:vx|wx)(?![a-z])"
)
_MEETING = (
    r"来访|来(?:我|咱)?(?:们)?(?:支|分|总)?行(?:里)?|来(?:网点|办公室|柜台|大堂"
    r"|厅堂)|到行里?|到(?:我|咱)?们?(?:支|分)行|接待|座谈|会谈|会见|会晤|洽谈会"
    r"|开的?会|开了?个?(?:碰头|视频|电话)?会|会议"
    r"|视频(?:会议|沟通|连线)?|腾讯会议|吃了?(?:个|顿)?(?:中|午|晚|便|早)?饭|(?:午"
    r"|晚|早|中)(?:饭|餐)|饭局|聚餐|聚了|宴请|请.{0,6}吃|喝了?(?:个|杯)?(?:茶|咖啡"
    r"|下午茶|酒)|茶叙|沙龙"
)
_EN_VISIT = (
    r"chat(?:ted)? at|drop(?:ped)? in on"
    r"|site visit(?:ed)?|on[- ]site|visit(?:ed|ing|s)?|dropp?(?:ed"
    r"|ing)? (?:by|in|into)|drop by|popp?(?:ed|ing)? (?:in|by|into|over)|stopp?(?:ed"
    r"|ing)? (?:by|at|in)|stop by|swung by|swing by|came by to see"
    r"|just left|left (?=[a-z0-9& ]+ (?:office|factory|plant|hq|site))|back from"
    r"|just back from|went (?:to|over|by|out|round)|go to|going to see|called in at"
    r"|looked in on|saw|see(?= [a-z0-9])|seen|seeing|met (?:with|at|up)?|met|walked (?:into"
    r"|through|round)"
    r"|toured|tour of|face[- ]to[- ]face|in person|inspect(?:ed|ion)|just out of"
    r"|coming out of|came out of|was at|at their (?:office|factory|plant|hq|site)"
    r"|at the (?:factory|plant|warehouse|site)"
)
_EN_CALL = (
    r"call(?:ed|ing|s)?|rang|ring|rung|phon(?:ed|e|ing)|spoke(?:n)?(?: (?:to"
    r"|with))?|speak (?:to|with)|talked (?:to|with)|tele?con|dial(?:l?ed)?|on the phone"
    r"|left (?:a )?(?:voice ?mail|vm)|voice ?mail|cold call(?:ed)?|buzzed|tried"
)
_EN_MESSAGE = (
    r"text(?:ed|s|ing)?|e-?mail(?:ed|s|ing)?|whats ?app(?:ed)?|wechat(?:ed)?"
    r"|messag(?:e|ed|ing)|msg(?:'?d)?|sms(?:'?d)?|dm(?:'?d|ed)?|ping(?:ed)?|wrote to"
    r"|dropped (?:him|her|them) a (?:line|note)|left (?:a )?(?:message|note|msg)"
    r"|linkedin(?:ed)?|line'?d"
)
_EN_MEETING = (
    r"meeting|mtg|meet|lunch(?:ed)?|dinner|breakfast|coffee|drinks|brunch|tea|golf"
    r"|came in|came (?:to|into|by|over|round)|came round|dropped into (?:the|our) (?:branch"
    r"|office)|walk(?:ed)?[- ]in|zoom(?:ed)?|teams(?: call)?|video(?: call| conference)?"
    r"|webex|google meet|conference"
    r"|catch[- ]?up|caught up|hosted|sat (?:down )?(?:with|w/)"
    r"|bumped into|ran into|round ?table|seminar|in our office"
    r"|at (?:the|our) branch|visited us|dropped in to see us|chat(?:ted)?|1:1|one[- ]on[- ]one"
)


@dataclass(frozen=True, slots=True)
class KindHit:
    """A kind word in a text."""

    kind: Kind
    start: int
    end: int
    word: str


def _han(name: str, pattern: str) -> str:
    return f"(?P<{name}>{pattern})"


def _latin(*groups: tuple[str, str]) -> str:
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups)
    return f"(?<![a-z])(?=[a-z1])(?:{named})(?![a-z])"


# The longer idioms of a later kind come first: 电话会议 is a meeting, 电话回访 a call.
_HAN = lazy(
    "|".join(
        (
            _han("meeting0", "电话会议|视频会议|video call|teams call|zoom call"),
            _han("call", _CALL),
            _han("meeting", _MEETING),
            _han("message", _MESSAGE),
            _han("visit", _VISIT),
        )
    )
)
_LATIN = lazy(
    _latin(
        ("meeting0", "conference call|video call|teams call|zoom call|visited us"),
        ("message", _EN_MESSAGE + "|left (?:a )?message"),
        ("meeting1", r"dropped in to see us|dropped into (?:the|our) (?:branch|office)"),
        ("visit", _EN_VISIT),
        ("call", _EN_CALL),
        ("meeting", _EN_MEETING),
    )
)
_HAS_LATIN = lazy("[a-z]{2}")
_KIND_OF: dict[str, Kind] = {
    "visit": "visit",
    "call": "call",
    "message": "message",
    "meeting": "meeting",
    "meeting0": "meeting",
    "meeting1": "meeting",
}
# Words that look like a contact and are none: phone numbers, forms of address, kinds of account.
_FALSE = lazy(
    r"电话(?:号码|费|银行|[:是为]?\d|\ue000)|微信(?:号|支付|群)|短信(?:通知|费)"
    r"|邮件系统|现场(?:照片|图片)|见面礼|会议室|会议纪要|贷后(?:管理|资料|报告)"
    r"|"
    r"call (?:option|report|rate|deposit|account|it|centre|center)|text ?book|margin call"
    r"|conference room|meeting (?:room|minutes|notes)|tea company"
)


def find_kinds(lowered: str) -> list[KindHit]:
    """Find all kind words of a folded, lower-case text, in order."""
    hits = [] if lowered.isascii() else list(_hits(_HAN, lowered))
    if _HAS_LATIN.search(lowered):
        hits.extend(_hits(_LATIN, lowered))
        hits.sort(key=lambda hit: hit.start)
    return hits


def _hits(pattern: re.Pattern[str], lowered: str) -> "list[KindHit]":
    found = []
    for match in pattern.finditer(lowered):
        if _FALSE.match(lowered, match.start()) or not _came_from(match, lowered):
            continue
        kind = _KIND_OF[match.lastgroup or "visit"]
        found.append(KindHit(kind, match.start(), match.end(), match[0]))
    return found


def _came_from(match: re.Match[str], lowered: str) -> bool:
    """Let 出来 and 回来 stand for a visit only after 从."""
    if match[0] not in {"出来", "回来", "离开"}:
        return True
    return "从" in lowered[max(0, match.start() - 16) : match.start()]
