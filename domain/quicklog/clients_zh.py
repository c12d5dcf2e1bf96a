"""Find client names in Chinese, where nothing marks the end of a word."""

from domain.quicklog.company_words import INDUSTRY_ZH, KIND_NOUNS, LEGAL_ZH
from domain.quicklog.ground import HAN, Ground, is_nobody
from domain.quicklog.kinds import KindHit
from domain.quicklog.patterns import lazy

_SUFFIX = "|".join(sorted((*LEGAL_ZH, *INDUSTRY_ZH), key=len, reverse=True))


_NAMED = lazy(
    rf"(?:[{HAN}A-Za-z0-9&·]{{1,12}}?(?:\([{HAN}]{{2,6}}\))?(?:{_SUFFIX}))(?:\([{HAN}]{{2,6}}\))?(?:{_SUFFIX})*(?![{HAN}]?员工)"
)


# Where a name without a company word ends: verbs and particles of reporting.
_STOP = lazy(
    r"谈|聊|说|讲|的|了|过|着|出来|回来|回|离开|里|那|这|打|发(?!展)|送|要|想|去"
    r"|做|办|问|把|被|将|再|给|跟|吃|开会|喝|签|续贷|贷|授信|存|首检|面[访谈签见审]|核保|催"
    r"|约|改"
    r"|没|未|不|已|是|在|就|都|也|还|又|先|后|前|目前|需|希望|打算|准备|上门|来"
    r"|电|微信|财务|老板|老总|法人|会计|出纳|一起|沟通|联系|对接|确认|见|访|跟进"
    r"|落实|讨论|介绍|推荐|推"
    r"|推介|营销|报|看|接|转|新|今[天年早晚日]|明[天年早晚日]|昨|周[一二三四五六日末]|星期|礼拜|上午|下午"
    r"|中午|晚上|早上|[^\W\d_]总(?!公司)|[王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗](?:总"
    r"|董|经理|主任|姐|哥|工|会计|厂长|老板)|两家|三家|例行|收|拿|交|带|陪|请|完"
    r"|到"
    r"|抢|现金管理|代发|理财|AUM|aum|结算|开户|保函|银承|流贷|融资|利率|额度|资金"
    r"|项目|合作|业务|方案|资料|材料|报价|办公室|公司|厂"
)


_LEAD_ZH = lazy(
    r"(?=[从到去客跟和与给找约陪请联催帮拜见在])(?:"
    r"从(?P<from>.{2,14}?)(?:那边|那里|那儿|那|厂里|公司)?(?:刚)?(?:出来|回来|离开|出门)"
    r"|(?:(?<![提得谈聊说做收])到(?=[^,.;]{2,14}?(?:拜访|走访|去|谈|聊|看|上门|开会"
    r"|面签|送))|(?<![回过进失出上下])去(?=[^了过,.;]{2,10}(?:谈|聊|送|签|看|拜访"
    r"|走访|上门|开会|$|[,.;\s]))"
    r"|(?<![对个新老司])客户(?![经的说要想希觉答经资需反群会那家方提表很都也在])"
    r"|跟(?!进|踪|单)|(?<![一-龥])和(?!解)|(?<![参])与(?=[^会])|给(?![了我予力])"
    r"|找(?!到|了)|约(?:了|好|见)?(?![定谈束等])|陪|请(?!示|求|假|款)|联系(?:了"
    r"|上)?|催(?!收|款)|帮|拜会|在(?=[^,.;]{2,12}?(?:开(?:的?会|会)|谈|见面|签|碰头|吃饭))"
    r"|(?<![一-龥])见(?:了|到|过|完)?(?!面)|(?<=[刚又才先起了好])和|(?<=[一-龥 ])见(?:了"
    r"|到|过|完)?(?=[^面识解证,.]{2}))(?P<with>))"
)


_NOT_NAME = lazy(
    r"把|里|催收|看|转|发|意见|答复|回复|合同|对账|营收|收入|利润|今年|去年|明年|产能|库存|开工|天气|没|都|不|已|未|说|聊"
    r"|谈|做|完|她|他|我|你|也|就|可以|很|还|要|约|改|推|挪|再|过|个|一个|这|那|各|几|多"
    r"|全|新|老客|对方|客户|老板|财务|行里|电话|微信|短信|留言|时间|下|今[天年早晚日]|明[天年早晚日]|昨"
    r"|[一二两三四五六七八九十]成|[一二两三四五六七八九十]家|例行|资料|方案|了|的"
    r"|在|是|有|会|能|请|给|来|去|大概|大约"
)


_LEADING_WORDS = lazy("的|开了?|叫|介绍|推荐|去|到|给|访|从|找|了|过|跟|是|在|见")


_BUSINESS = lazy(
    "[谈聊贷存]|\ue000|到期|理财|授信|方案|利率|结算|代发|需求|跟进|联系|约|见"
    "|转账|开户|账户|材料|资料|合同|报价|签"
)


_AFTER_NAME = lazy(
    r"的(?=[^,.;]{0,6}(?:存单|贷款|存款|理财|授信|到期|续贷|账户|业务|财务|老板"
    r"|项目|单子|额度|流贷|银承|信用证|保函|资料|事))"
)


_SKIP = lazy(
    r"[\s:了过完]*(?:一下|一趟|个?存量客户|个?新客户|个?老客户|客户|企业|的|问候了?"
    r"|沟通了?|联系了?|回复了?|祝福了?|通知了?|提醒了?|给|跟|和|与)?\s*"
)


_RUN = lazy(rf"[{HAN}A-Za-z0-9&·()]+(?:[ ](?=[A-Za-z0-9&])[A-Za-z0-9&·]+)*")


_GIVEN = lazy(r"[给跟].{2,}$")
_AND = lazy(r"\s*(?:、|/|\+|和|与|及|跟)\s*")
_AND_BARE = lazy("[和与及跟]")
_AND_CHAR = lazy(r"[和与及跟、/+]")
_WORDS = lazy(rf"\s*([{HAN}A-Za-z0-9]+)")


def chinese(ground: Ground) -> list[tuple[int, int]]:
    """Find the spans of client names, best evidence first."""
    spans: list[tuple[int, int]] = []
    for start in _starts(ground):
        spans.extend(_names_from(ground, start))
    for match in _LEAD_ZH.finditer(ground.masked):
        if match["from"]:
            spans.extend(_split(ground, *match.span("from")))
    for more in (_by_shape, _leading):
        spans = [span for span in spans if _is_name(ground, span)] or more(ground)
    return [span for span in spans if _is_name(ground, span)]


def _is_name(ground: Ground, span: tuple[int, int]) -> bool:
    name = ground.masked[span[0] : span[1]]
    if is_nobody(name) or _NOT_NAME.match(name):
        return False
    others = [(hit.start, hit.end) for hit in ground.kinds] + ground.taken
    return not any(start < span[1] and span[0] < end for start, end in others)


def _starts(ground: Ground) -> list[int]:
    """Find where a name may begin: after a kind verb, after a preposition before one."""
    starts = []
    for hit in ground.kinds:
        if (
            hit.word in KIND_NOUNS
            or hit.word.endswith(("出来", "回来", "离开"))
            or "都跑" in hit.word
        ):
            continue
        if _given(ground, hit):
            continue
        if (
            hit.kind == "visit"
            or hit.word
            in {
                "电联",
                "电访",
                "致电",
                "打给",
                "接待",
                "宴请",
                "会见",
                "会谈",
                "电话",
                "微信",
                "座谈",
            }
            or (hit.word.endswith(("电话", "微信", "短信", "回访", "沟通", "联系")))
        ):
            starts.append(hit.end)
    for match in _LEAD_ZH.finditer(ground.masked):
        if match["from"] is None:
            starts.append(match.end())
    return starts


def _given(ground: Ground, hit: KindHit) -> bool:
    """Tell whether 给 or 跟 before a call word already named who was called."""
    clause = next((c for c in ground.clauses if c.start <= hit.start < c.end), None)
    if clause is None or hit.kind not in {"call", "message"}:
        return False
    return _GIVEN.search(ground.masked[clause.start : hit.start]) is not None


def _names_from(ground: Ground, start: int) -> list[tuple[int, int]]:
    """Read one name or a list of names at `start`."""
    if any(left <= start < right for left, right in ground.taken):
        return []
    skipped = _SKIP.match(ground.masked, start)
    start = skipped.end() if skipped else start
    run = _RUN.match(ground.masked, start)
    if run is None:
        return []
    fences = [left for left, _ in ground.taken if left >= start]
    fences += [hit.start for hit in ground.kinds if hit.start > start + 1]
    end = _name_end(ground.masked, start, min([*fences, run.end()]))
    if end - start < 2:
        return []
    spans = _split(ground, start, end)
    joiner = _AND.match(ground.masked, spans[-1][1] if spans else end)
    if joiner and joiner.end() < len(ground.masked) and joiner.end() > end:
        spans += _names_from(ground, joiner.end())
    return spans


def _name_end(masked: str, start: int, limit: int) -> int:
    """End a name at its company word, else at the first verb or particle."""
    piece = masked[start:limit]
    stop = _STOP.search(piece, 2)
    named = _NAMED.match(piece)
    if named and (stop is None or named.end() > stop.start()) and "的" not in named[0]:
        tail = _AND_BARE.match(piece, named.end())
        rest = _name_end(masked, start + named.end() + 1, limit) if tail else 0
        return max(start + named.end(), rest)
    return start + (stop.start() if stop else len(piece))


def _split(ground: Ground, start: int, end: int) -> list[tuple[int, int]]:
    """Split 中和制药和东岳汽配 at the 和 that leaves two whole names."""
    piece = ground.masked[start:end]
    for match in _AND_CHAR.finditer(piece):
        left, right = piece[: match.start()].strip(), piece[match.end() :].strip()
        if (
            len(left) >= 2
            and len(right) >= 2
            and not left.endswith(
                ("中", "共", "祥", "谦", "泰", "仁", "永", "义", "顺", "协", "温", "平")
            )
        ):
            cut = start + match.start()
            return [*_split(ground, start, cut), *_split(ground, start + match.end(), end)]
    lead = len(piece) - len(piece.lstrip())
    return [(start + lead, start + len(piece.rstrip()))] if piece.strip() else []


def _by_shape(ground: Ground) -> list[tuple[int, int]]:
    """Find names by their company word."""
    spans = []
    for clause in ground.clauses:
        for run in _RUN.finditer(ground.masked, clause.start, clause.end):
            cuts = [right for left, right in ground.taken if run.start() <= left < run.end()]
            for start in [run.start(), *cuts]:
                named = _NAMED.match(ground.masked, start, run.end())
                if named and (own := _own_name(named[0])) < len(named[0]) - 2:
                    spans.append((named.start() + own, named.end()))
    return spans


def _own_name(shape: str) -> int:
    """Find where the name proper begins in 老王介绍他弟弟开的宏图广告."""
    leads = list(_LEADING_WORDS.finditer(shape))
    return next((m.end() for m in reversed(leads) if len(shape) - m.end() >= 4), 0)


def _leading(ground: Ground) -> list[tuple[int, int]]:
    """Read the names that a text begins with: 宏达 鑫隆 今天都跑了 · 王芳的大额存单."""
    spans: list[tuple[int, int]] = []
    if not (ground.kinds or _BUSINESS.search(ground.masked)):
        return spans
    position = 0
    text = ground.masked
    for left, right in sorted(ground.taken):
        if left == position:
            position = right
    while run := _WORDS.match(text, position):
        start = run.start(1)
        limit = min([left for left, _ in ground.taken if left >= start] + [run.end()])
        end = _name_end(text, start, limit)
        owner = _AFTER_NAME.search(text, start, limit)
        if owner and 2 <= owner.start() - start <= 8:
            end = min(end, owner.start())
        if not 2 <= end - start <= 10 or is_nobody(text[start:end]):
            break
        if _STOP.match(text[start:end]) and not text.startswith("周", start):
            break
        spans.extend(_split(ground, start, end))
        position = run.end()
        if end < run.end():
            break
    return spans
