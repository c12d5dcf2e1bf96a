"""Names that look like dates: 李国庆, 周一鸣, 五月花酒店, Tom Friday, March Ltd, Monday.com."""

import re

from domain.quicklog.company_words import GENERIC_EN, INDUSTRY_ZH, LEGAL_EN, LEGAL_ZH
from domain.quicklog.patterns import lazy
from domain.quicklog.tokens import Token

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程苏魏吕丁沈任姚卢傅姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武孔康"
)
_LEADS = frozenset("跟和与找见给约访陪请让叫问同是系")
# Second characters of given names that start no verb or company in a report.
_GIVEN = frozenset(
    "鸣帆凡航诺涵菲欣丹萍冰琪婷彤轩瑶怡奕颖媛悦哲梓珊诗蓉琼娟娜玲洁慧岚妍楠晴薇茜莉芳芬燕凤兰梅霖昊晨睿铭皓峻骏鹏翔磊超斌彬"
)
_GIVEN_AFTER_LEAD = _GIVEN | frozenset(
    "平兵博波达德东飞峰锋福刚光贵国海翰浩恒宏华辉佳嘉健杰静军君俊凯康丽亮林龙敏明宁强青清荣锐涛伟文武希霞晓新鑫雄雪雅艳阳洋毅英莹勇宇雨玉远云泽珍志子"
)
_PLACE = "|".join(
    (
        "路",
        "街",
        "巷",
        "大道",
        "村",
        "镇",
        "大厦",
        "广场",
        "小区",
        "花园",
        "苑",
        "桥",
        "山庄",
        "里药业",
        *LEGAL_ZH,
        *INDUSTRY_ZH,
    )
)
_COMPANY_ZH = lazy(rf"[一-龥]{{0,3}}?(?:{_PLACE})")
_SAT_DOWN = lazy(r"\s+(?:with|w/|down|in on|through)")
_SHOP_ZH = lazy(r"(?![后前节期放假去到上中下底初末])[一-龥]{1,3}?[厂店馆楼坊]")
_HAN_NUMERAL = lazy(r"[一二三四五六七八九十]+[月]$")
_GIVEN_EN = frozenset(
    [
        "tom",
        "joe",
        "bill",
        "jack",
        "john",
        "jim",
        "bob",
        "mike",
        "dave",
        "steve",
        "paul",
        "peter",
        "mark",
        "anna",
        "anne",
        "jane",
        "mary",
        "sue",
        "kate",
        "lucy",
        "emma",
        "amy",
        "jen",
        "kim",
        "lee",
        "ann",
        "sam",
        "max",
        "ben",
        "dan",
        "tim",
        "rob",
        "ed",
        "al",
        "art",
        "ray",
        "roy",
        "ron",
        "don",
        "ken",
        "leo",
        "ian",
        "alan",
        "adam",
        "alex",
        "andy",
        "chris",
        "eric",
        "frank",
        "fred",
        "gary",
        "george",
        "harry",
        "henry",
        "jason",
        "jeff",
        "jerry",
        "kevin",
        "larry",
        "luke",
        "martin",
        "matt",
        "nick",
        "oliver",
        "pat",
        "phil",
        "ralph",
        "rick",
        "roger",
        "ryan",
        "scott",
        "sean",
        "simon",
        "ted",
        "tony",
        "victor",
        "will",
        "sarah",
        "lisa",
        "laura",
        "linda",
        "julia",
        "helen",
        "grace",
        "rose",
        "alice",
        "carol",
        "claire",
        "diana",
        "ella",
        "eva",
        "fiona",
        "gina",
        "holly",
        "ivy",
        "jill",
        "joan",
        "joy",
        "kelly",
        "mandy",
        "maria",
        "meg",
        "molly",
        "nina",
        "olga",
        "pam",
        "rachel",
        "rita",
        "ruth",
        "sally",
        "tina",
        "vera",
        "wendy",
        "zoe",
    ]
)
_NAME_WEEKDAY = lazy(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|(?:May|June|April|August|March|Sun|Sat|Wed|Mon)$"
)
_ORDINAL_THING = lazy(
    r"\s*(?:century|floor|time|avenue|ave|street|st\b|road|meeting|round|draft|version"
    r"|one|quarter|anniversary|visit|call|attempt|place|largest|biggest|party|generation"
    r"|loan|branch|client|in line|edition|item|choice|reminder|invoice|half)"
)


def is_name(token: Token, text: str, lowered: str) -> bool:
    """Tell whether a date phrase of the folded `text` is part of a name."""
    raw = text[token.start : token.end]
    if raw[:1].isascii():
        return _english(token, raw, text, lowered)
    return _chinese(token, raw, text)


def _chinese(token: Token, raw: str, text: str) -> bool:
    before, after = text[: token.start][-2:], text[token.end : token.end + 8]
    if raw[0] == "周" and len(raw) == 2 and after[:1]:
        if after[0] in _GIVEN or raw + after[0] == "周六福":
            return True
        return before[-1:] in _LEADS and after[0] in _GIVEN_AFTER_LEAD
    if (
        _HAN_NUMERAL.search(raw)
        or token.raw
        in {
            "国庆",
            "元旦",
            "中秋",
            "端午",
            "清明",
            "重阳",
            "五一",
            "八一",
            "七夕",
        }
    ) and (_COMPANY_ZH.match(after) or _SHOP_ZH.match(after)):
        return True
    named = token.raw in {"国庆", "元旦", "中秋", "端午", "清明", "重阳", "建军", "冬至"}
    return named and before[-1:] in _SURNAMES and token.raw == raw[: len(token.raw)]


def _english(token: Token, raw: str, text: str, lowered: str) -> bool:
    after, before = text[token.end :], text[: token.start].rstrip()
    if (
        raw.lower().startswith(("the ", "on the ", "by the "))
        and re.search(r"(?:st|nd|rd|th|[a-z])$", raw)
        and _ORDINAL_THING.match(lowered, token.end)
        and not re.search(r"(?:of|month|week|year)", raw)
    ):
        return True
    if raw == "Sat" and _SAT_DOWN.match(lowered, token.end):
        return True
    if not _NAME_WEEKDAY.search(raw) or " " in raw:
        return False
    following = re.match(r"\s?([A-Z][A-Za-z&.\-]+)", after)
    if following and following[1].lower().strip(".") in LEGAL_EN | GENERIC_EN:
        return True
    if after.startswith((".com", "'s Ltd")):
        return True
    if following and len(raw) == 3 and after[:1] == " ":
        return True
    previous = re.search(r"([A-Za-z]+)$", before)
    return bool(previous and previous[1].lower() in _GIVEN_EN and previous[1][0].isupper())
