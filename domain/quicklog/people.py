"""People met or named at the client: 王总, 财务李姐, Jen, Mr Smith."""

from domain.quicklog.patterns import lazy
from domain.quicklog.reading import ClientMention, Mention

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_TITLES = (
    "总监|总经理|总|董事长|董|经理|主任|厂长|院长|校长|站长|店长|所长|科长"
    "|处长|局长|书记|主席|会计|出纳|老板|老师|医生|工|姐|哥|先生|女士|小姐|阿姨"
    "|叔"
)
_ZH = lazy(
    rf"(?<![一-龥])?(?P<name>[{_SURNAMES}](?:[一-龥]{{1,2}}?)?(?:{_TITLES})(?![一-龥]?(?:公司"
    rf"|经理部)))|(?P<small>[小老][{_SURNAMES}](?![一-龥]*(?:公司|集团)))"
)
_EN = lazy(
    r"\b(?:(?P<titled>(?:Mr|Mrs|Ms|Miss|Dr|Prof|Mme|Sir)\.?\s+[A-Z][a-z'\-]+(?:\s[A-Z][a-z'\-]+)?)"
    r"|(?:(?:with|w/|to|met|saw|called|rang|phoned|emailed|texted|spoke to|ask|tell"
    r"|see|call)\s+)(?P<with>[A-Z][a-z'\-]+(?:\s(?!Ltd|Inc)[A-Z][a-z'\-]+)?)(?=\s(?:at"
    r"|from|of|and)\b|[,.;]|$|\s[a-z(])"
    r"|(?P<subject>[A-Z][a-z'\-]+)\s(?=(?:wants?|says?|said|asked|needs?|is|was"
    r"|will|would|thinks|likes|agreed|confirmed|promised|mentioned|wanted)\b))"
)


def find_people(text: str, folded: str, clients: list[ClientMention]) -> tuple[Mention, ...]:
    """Find people who are not themselves the client; each once, in order."""
    spans: list[tuple[int, int]] = []
    if not folded.isascii():
        spans += [match.span() for match in _ZH.finditer(folded)]
    for match in _EN.finditer(folded):
        group = match.lastgroup or ""
        spans.append(match.span(group))
    people: dict[str, Mention] = {}
    for start, end in sorted(spans):
        if any(one.start < end and start < one.end for one in clients):
            continue
        people.setdefault(folded[start:end], Mention(text[start:end], start, end))
    return tuple(people.values())
