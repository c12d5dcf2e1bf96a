"""The words that dates are made of, each with the letter of its word class and its value.

The grammar (`dates`) is written over these letters. Lower case marks particles.
"""

from domain.quicklog import holidays

Entry = tuple[str, object]

ZH: dict[str, Entry] = {}
EN: dict[str, Entry] = {}


def _add(table: dict[str, Entry], letter: str, words: dict[str, object]) -> None:
    table.update({word: (letter, value) for word, value in words.items()})


_WEEKDAYS_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_DIGIT_DAYS = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6}
for _stem in ("周", "星期", "礼拜"):
    _add(ZH, "W", {_stem + tail: day for tail, day in _WEEKDAYS_ZH.items()})
    if _stem != "周":
        _add(ZH, "W", {_stem + tail: day for tail, day in _DIGIT_DAYS.items()})
for _tail, _day in _DIGIT_DAYS.items():
    ZH["周" + _tail] = ("W", _day)
del ZH["周7"], ZH["周天"]
ZH["周天"] = ("W", 6)

# D: days from today
_add(
    ZH,
    "D",
    {
        "今天": 0,
        "今日": 0,
        "今儿": 0,
        "当天": 0,
        "即日": 0,
        "当日": 0,
        "本日": 0,
        "明天": 1,
        "明日": 1,
        "明儿": 1,
        "听日": 1,
        "次日": 1,
        "第二天": 1,
        "后天": 2,
        "后日": 2,
        "大后天": 3,
        "大后日": 3,
        "大前日": -3,
        "昨天": -1,
        "昨日": -1,
        "昨儿": -1,
        "寻日": -1,
        "前天": -2,
        "前日": -2,
        "大前天": -3,
    },
)
# G: day and part of day in one word
_add(
    ZH,
    "G",
    {
        "今早": (0, "morning"),
        "今晨": (0, "morning"),
        "今晚": (0, "evening"),
        "今夜": (0, "evening"),
        "明早": (1, "morning"),
        "明晨": (1, "morning"),
        "明晚": (1, "evening"),
        "昨早": (-1, "morning"),
        "昨晚": (-1, "evening"),
        "昨夜": (-1, "evening"),
        "后晚": (2, "evening"),
        "前晚": (-2, "evening"),
    },
)
# P: part of day
_add(
    ZH,
    "P",
    {
        "凌晨": "night",
        "清晨": "dawn",
        "早上": "morning",
        "早晨": "morning",
        "早间": "morning",
        "大清早": "morning",
        "一早": "morning",
        "一大早": "morning",
        "上午": "morning",
        "午前": "morning",
        "中午": "noon",
        "正午": "noon",
        "午间": "noon",
        "下午": "afternoon",
        "午后": "afternoon",
        "晏昼": "afternoon",
        "傍晚": "dusk",
        "黄昏": "dusk",
        "晚上": "evening",
        "晚间": "evening",
        "夜间": "evening",
        "夜里": "evening",
        "深夜": "late",
        "半夜": "late",
        "午夜": "midnight",
        "上班后": "opening",
        "一上班": "opening",
        "开门后": "opening",
        "下班前": "closing",
        "下班时": "closing",
        "下班后": "after_hours",
        "收工前": "closing",
        "关门前": "closing",
    },
)
# R: which one, counted from the present one
_add(
    ZH,
    "R",
    {
        "本": 0,
        "这": 0,
        "这个": 0,
        "这一": 0,
        "这一个": 0,
        "今": 0,
        "今个": 0,
        "当": 0,
        "下": 1,
        "下个": 1,
        "下一": 1,
        "下一个": 1,
        "次": 1,
        "再下": 2,
        "下下": 2,
        "下下个": 2,
        "下下下": 3,
        "上": -1,
        "上个": -1,
        "上一": -1,
        "上一个": -1,
        "上上": -2,
        "上上个": -2,
    },
)
# L: a year by name
_add(ZH, "L", {"今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2, "去年": -1, "前年": -2})
ZH["本年度"] = ("L", 0)
ZH["明年度"] = ("L", 1)
# U: unit of time
_add(
    ZH,
    "U",
    {
        "秒": "second",
        "秒钟": "second",
        "分钟": "minute",
        "刻钟": "quarter_hour",
        "小时": "hour",
        "个小时": "hour",
        "钟头": "hour",
        "个钟头": "hour",
        "个钟": "hour",
        "天": "day",
        "日": "day",
        "个工作日": "workday",
        "工作日": "workday",
        "个交易日": "workday",
        "交易日": "workday",
        "周": "week",
        "个周": "week",
        "星期": "week",
        "个星期": "week",
        "礼拜": "week",
        "个礼拜": "week",
        "月": "month",
        "个月": "month",
        "月份": "month",
        "季": "quarter",
        "季度": "quarter",
        "个季度": "quarter",
        "半年度": "half",
        "年": "year",
        "年度": "year",
        "周末": "weekend",
        "个周末": "weekend",
    },
)
# E: edge with its unit; e: an edge alone
_EDGES_ZH = {
    "初": "start",
    "头": "start",
    "中": "mid",
    "底": "end",
    "末": "end",
    "尾": "end",
}
for _unit_word, _unit in (("月", "month"), ("年", "year"), ("季度", "quarter"), ("季", "quarter")):
    for _edge_word, _edge in _EDGES_ZH.items():
        if (_unit_word, _edge_word) not in {("季", "头"), ("季", "中"), ("季", "尾")}:
            ZH[_unit_word + _edge_word] = ("E", (_edge, _unit))
del ZH["年中"], ZH["年头"]
_add(ZH, "E", {"年中": ("mid", "year")})
_add(ZH, "E", {"上旬": ("ten", "month"), "中旬": ("twenty", "month"), "下旬": ("end", "month")})
_add(ZH, "E", {"半年末": ("end", "half"), "半年底": ("end", "half")})
_add(ZH, "e", {"初": "start", "中": "mid", "底": "end", "末": "end", "尾": "end", "头": "start"})
_add(ZH, "e", {"上旬": "ten", "中旬": "twenty", "下旬": "end"})
_add(ZH, "h", {"上半年": 1, "下半年": 2})
_add(ZH, "F", {"上半月": 15, "下半月": -1})
_add(ZH, "A", {"后": None, "之后": None, "以后": None, "过后": None, "后的": None})
_add(ZH, "B", {"前": None, "之前": None, "以前": None, "前的": None})
_add(ZH, "I", {"内": None, "之内": None, "以内": None, "里": None})
_add(ZH, "Q", {"过": "after", "再过": "after", "隔": "after", "未来": "within", "今后": "within"})
_add(ZH, "Q", {"最近": "past", "过去": "past", "近": "past", "接下来": "within"})
_add(ZH, "q", dict.fromkeys(("提前", "提早", "到期前", "到期日前", "期满前", "届满前", "期前")))
_add(ZH, "v", {"每": None, "每个": None, "每隔": "gap", "逢": None, "每逢": None})
_add(ZH, "-", {"到": None, "至": None, "~": None})
_add(ZH, "o", {"的": None})
_add(ZH, "x", {"半": None, "半个": None})
ZH["个半"] = ("½", None)
_add(ZH, "k", {"多": None, "来": None, "几": None})
_add(ZH, "K", {"现在": 0, "此刻": 0, "此时": 0, "刚才": 0, "刚刚": 0, "马上": 0, "而家": 0})
_add(ZH, "z", {"第一个": 1, "第二个": 2, "第三个": 3, "第四个": 4, "第五个": 5, "最后一个": -1})
_add(ZH, "z", {"首个": 1, "头一个": 1, "第一": 1, "第二": 2, "第三": 3, "第四": 4, "最后": -1})
_add(ZH, "H", dict(holidays.ZH))
_add(ZH, "H", {name + "节": key for name, key in holidays.ZH.items() if name[-1] not in "节年一"})
_add(ZH, "n", {"节": None, "假期": None, "长假": None, "放假": None, "节假日": None, "节日": None})
_add(ZH, "n", {"黄金周": None, "假": None})
_add(ZH, "j", {"农历": None, "阴历": None, "旧历": None})
_add(ZH, "g", {"腊月": 12, "正月": 1, "冬月": 11})

# English -------------------------------------------------------------------------------------
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = (
    ("mon",),
    ("tue", "tues"),
    ("wed", "weds"),
    ("thu", "thur", "thurs"),
    ("fri",),
    ("sat",),
    ("sun",),
)
for _day, (_name, _shorts) in enumerate(zip(_NAMES, _SHORT_DAYS, strict=True)):
    _add(EN, "W", dict.fromkeys((_name, _name + "s", *_shorts), _day))
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
for _number, _month in enumerate(_MONTHS, 1):
    _add(EN, "M", {_month: _number, _month[:3]: _number})
EN["sept"] = ("M", 9)
_add(EN, "D", {"today": 0, "tomorrow": 1, "tomorrows": 1, "tmr": 1, "tmrw": 1, "tmw": 1})
_add(EN, "D", {"yesterday": -1, "2day": 0, "2moro": 1, "tomoz": 1, "tdy": 0, "yday": -1})
_add(EN, "G", {"tonight": (0, "evening"), "tonite": (0, "evening")})
_add(EN, "P", {"morning": "morning", "mornings": "morning", "noon": "noon", "midday": "noon"})
_add(EN, "P", {"lunchtime": "noon", "afternoon": "afternoon", "arvo": "afternoon"})
_add(EN, "P", {"evening": "evening", "night": "evening", "midnight": "midnight"})
_add(EN, "%", {"am": "morning", "pm": "afternoon"})
_add(EN, "P", {"cob": "closing", "eod": "closing", "eob": "closing", "morn": "morning"})
_add(EN, "R", {"this": 0, "current": 0, "next": 1, "following": 1, "last": -1, "previous": -1})
_add(EN, "R", {"past": -1, "coming": 0, "nxt": 1, "prior": -1, "upcoming": 0})
_UNITS_EN = {
    "second": ("sec", "secs", "seconds"),
    "minute": ("min", "mins", "minutes"),
    "hour": ("hr", "hrs", "hours", "h"),
    "day": ("days", "d"),
    "workday": ("workdays", "wd"),
    "week": ("wk", "wks", "weeks", "w"),
    "fortnight": ("fortnights",),
    "month": ("mth", "mths", "months", "mo"),
    "quarter": ("quarters", "qtr"),
    "year": ("yr", "yrs", "years", "y"),
    "weekend": ("weekends", "wkend"),
}
for _unit, _forms in _UNITS_EN.items():
    _add(EN, "U", dict.fromkeys((_unit, *_forms), _unit))
del EN["second"]
EN["business"] = EN["working"] = EN["bank"] = ("u", None)
_add(EN, "E", {"eom": ("end", "month"), "eoq": ("end", "quarter"), "eoy": ("end", "year")})
_add(
    EN, "E", {"eow": ("end", "week"), "month-end": ("end", "month"), "mid-month": ("mid", "month")}
)
_add(EN, "E", {"year-end": ("end", "year"), "quarter-end": ("end", "quarter")})
_add(EN, "e", {"end": "end", "beginning": "start", "start": "start", "early": "start"})
_add(EN, "e", {"mid": "mid", "middle": "mid", "late": "end", "close": "end", "mid-": "mid"})
for _words, _letter in (
    ("later hence", "l"),
    ("ago", "s"),
    ("after", "a"),
    ("before", "b"),
    ("by until till til", "y"),
    ("in", "i"),
    ("within", "w"),
    ("from since", "f"),
    ("of", "o"),
    ("the", "t"),
    ("at on @ around about approximately approx for", "@"),
    ("every each", "v"),
    ("to through thru - ~", "-"),
    ("and", "&"),
    ("half", "x"),
    ("couple pair", "c"),
    ("few several", "k"),
    ("now", "K"),
    ("a an", "1"),
    ("more", "m"),
    ("other", "2"),
    ("between", "f"),
):
    _add(EN, _letter, dict.fromkeys(_words.split(), None))
EN["day's"] = EN["days'"] = ("U", "day")
EN["week's"] = EN["weeks'"] = ("U", "week")
EN["month's"] = EN["months'"] = ("U", "month")
EN["year's"] = EN["years'"] = ("U", "year")
EN["fortnightly"] = ("V", ("week", 2))
_add(EN, "V", {"daily": ("day", 1), "weekly": ("week", 1), "monthly": ("month", 1)})
_add(EN, "V", {"quarterly": ("quarter", 1), "yearly": ("year", 1), "annually": ("year", 1)})
EN["biweekly"] = ("V", ("week", 2))
EN["o'clock"] = EN["oclock"] = ("!", None)
EN["time"] = ("l", None)
EN["times"] = ("u", None)
