"""Cut a text into clauses and tell, for each, whether it reports, plans, or speaks of a client."""

from dataclasses import dataclass

from domain.quicklog.patterns import lazy

_CUT = lazy(
    r"[,.;!?:\n、](?!\d)|(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])|\s+-+\s+|\s(?=(?:and then"
    r"|then|but)\s)"
)

PLAN = lazy(
    r"约(?:了|好|在|定)|约(?=[周下明后今\ue000星礼\d])|预约|改到|改约|推到|挪到"
    r"|定在|定于|准备|打算|计划|安排|要去|要见|想去|将|再(?!说|议|三)|跟进|待|回头"
    r"|届时|提醒|记得|别忘|去(?:拜访|见|谈|送|看|签|一趟)?(?=$|[^了过])|下次|回访"
    r"|回电|送|给(?:.{0,6})(?:报价|方案|答复)|联系|催|补|落实|对接|复核|碰头|见$"
    r"|谈$"
    r"|\b(?:will|'ll|going to|follow[- ]?up|f/u|next step|plan(?:ning)?|to (?:call"
    r"|see|meet|send|visit|discuss|review|chase|email)|tbc|book(?:ed)?|schedul\w+"
    r"|arrang\w+|remind|need to|must|let's|chase|send|call(?! me)|ring|email|visit"
    r"|meet|revisit|check|touch base|review|call ?back|circle back|get back|return"
    r"|go back|due|present|deliver|pencil\w*|see (?:him|her|them)|set up|confirm)\b"
)
PAST = lazy(
    r"(?<!约)(?<!约好)(?<!约定)了(?!解)|过(?!\ue000|[去来几一两\d])|完(?!成|善|整)|刚|已|没(?!问题)|都跑"
    r"|出来|回来|谈得|聊得|聊的|例行|未|来访|接通|反馈|表示|说|提到|不错|可以|做完"
    r"|今天"
    r"|\b(?:\w{2,}ed|went|met|saw|spoke|rang|left|came|had|was|were|did|got|said"
    r"|told|gave|sent|took|left|wants?|needs?|just|back from|happy|keen|good|great"
    r"|well)\b"
)
WISH = lazy(
    r"(?:客户|对方|他们?|她们?|[^\W\d_]{1,3}[总董姐哥工经理长]|老板)?(?:要求|希望|想要|需要|要|催)"
    r"|\b(?:wants?|needs?|would like|asked for|asks? for|asking for|expects?|requires?"
    r"|looking for)\b"
)
PROMISE = lazy(
    r"答应|承诺|保证|说好|表示(?:会|将)|(?:客户|对方|他们?|她们?|[^\W\d_]{1,3}[总董姐哥工]"
    r"|老板)(?:说|讲|表示|答应|会)|说(?:是)?(?:会|能|可以)?(?=.{0,10}(?:给|打|转"
    r"|来|还|付|签|存|回复|答复|确认|定))"
    r"|\b(?:promis\w+|(?:he|she|they|client|it)(?:'s|'re|'ll| is| are| will| would)"
    r"|says? (?:he|she|they)|said (?:he|she|they)|committed|will (?:transfer|pay"
    r"|send us|wire|deposit|move|sign))\b"
)
MATURITY = lazy(
    r"到期|期满|届满|兑付|还款日|结清|还本|付息|\b(?:matur\w+|expir\w+|falls? due"
    r"|due(?! to)|renews on|rolls? off|runs? out|ends)\b"
)
EVENT = lazy(
    r"到账|入账|发薪|发工资|开业|上市|开工|投产|开盘|成立|周年|生日|开标|投标|招标"
    r"|上会|审贷会|审批|放款|提款|结息|年检|股东会|董事会|开学|签约仪式|发布会|竣工"
    r"|交房|搬迁|休假|出差|放假|回国"
    r"|\b(?:birthday|anniversary|opens|opening|launch\w*|agm|board (?:meeting|meets)"
    r"|ipo|completion|closing date|results|drawdown|payday|rfp|tender\w*|on (?:leave|holiday)"
    r"|travel\w*|away|back (?:on|in)|tender|auction)\b"
)
TODO = lazy(
    r"交(?:给)?(?:.{0,4})(?:报告|材料|资料)|写(?:完)?(?:.{0,6})报告|录(?:入|系统)"
    r"|补录|报(?:送|审|批)|提交|内部|上报"
    r"|\b(?:submit|write up|upload|file|internal|credit committee|paperwork)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the text between two cuts."""

    start: int
    end: int
    text: str


def split(lowered: str, kept: list[tuple[int, int]]) -> list[Clause]:
    """Cut at punctuation, and at spaces beside Chinese; never inside a span of `kept`."""
    cuts = [
        match.span()
        for match in _CUT.finditer(lowered)
        if not any(start < match.end() and match.start() < end for start, end in kept)
    ]
    clauses, start = [], 0
    for left, right in [*cuts, (len(lowered), len(lowered))]:
        if lowered[start:left].strip():
            clauses.append(Clause(start, left, lowered[start:left]))
        start = right
    return clauses
