"""Everything made of digits that is no date: money, rates, phones, ids, codes. Taken out first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from domain.quicklog.amounts import find_amounts
from domain.quicklog.numerals import zh_number
from domain.quicklog.patterns import lazy
from domain.quicklog.reading import AmountMention, Doubt, Mention, RateMention

Quoted = TypeVar("Quoted", bound=Mention)
MASK = "\ue000"
_PRIVATE = lazy(
    r"(?=[\dA-Za-z+(#尾合编工房门车账卡验单邮代])(?:"
    r"(?<![0-9A-Za-z])(?:"
    r"[1-9]\d{16}[\dXx]"  # identity card
    r"|[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}"  # unified social credit code
    r"|\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?"  # bank card
    r"|\d{15,25}"  # account
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # mobile phone
    r"|0\d{2,3}[- ]\d{7,8}(?:-\d{1,5})?"  # landline
    r"|400[- ]?\d{3}[- ]?\d{4}"
    r"|\+\d{1,3}[- ]?\(?\d{1,4}\)?(?:[- ]?\d{2,4}){2,4}"
    r"|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}"
    r"|(?:[Ss][HhZz]|[Bb][Jj])\.?\d{6}|[036]\d{5}\.(?:[Ss][HhZzSs]|[Bb][Jj])"  # stock codes
    r")(?![0-9A-Za-z])"
    r"|(?:尾号|合同号|编号|工号|房号|门牌|车牌|账号|卡号|验证码|单号|邮编|代码)\s*[:为是]?\s*[A-Za-z]{0,4}-?\d[\dA-Za-z-]*"
    r"|(?<![A-Za-z])(?:[Rr]ef|[Nn]o|[Rr]oom|[Uu]nit|[Ee]xt|[Ii]nvoice|[Aa]cct?|[Cc]ontract)\.?\s?#?\d[\w-]*"
    r"|#\d+)"
)
_RATE = lazy(
    r"(?<![\d.])(?P<value>[+-]?\d+(?:\.\d+)?)\s?(?P<unit>%|‰|个?(?:bps?|BPs?|基点)(?![A-Za-z])"
    r"|个点|percent\b|pct\b)"
    r"|百分之(?P<zh>[零一二三四五六七八九十百点\d.]+)"
    r"|千分之(?P<mille>[零一二三四五六七八九十百点\d.]+)"
)
_BARE_RATE = lazy(
    r"(?P<lead>(?:利率|年化|年利率|月息|利息|费率|票面|收益率?|报价|价格|贴现率?|定价|"
    r"\brates?|\bcoupon|\byield|\bAPR|\bpricing|\bpriced|\bfixed|\bquot(?:ed|ing))"
    r"[^\d,.;\n]{0,8}?|(?:定期|定存|大额存单|理财)?[一二三半两1235]年期?\s?"
    r"|LPR\s?[+加减-]?\s?)(?P<value>\d{1,2}\.\d{1,4}|\d(?!\d))(?!\d|[.,:/]\d|[%万亿千百元wWkKmM个年月日号天])"
)
_MAYBE_RATE = lazy(r"\d\.\d|[率息化价]|LPR|rate|yield|coupon")
_ANY_FIGURE = lazy(r"\d|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]")
_EN_FIGURE = lazy(r"\b(?:hundred|thousand|million|billion|grand|dollars?|pounds|euros?|rs)\b")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was taken out of a text, and the text with those places blanked (same length)."""

    masked: str
    amounts: tuple[AmountMention, ...] = ()
    rates: tuple[RateMention, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def take_figures(text: str, lowered: str, written: str) -> Figures:
    """Find and blank the figures of a folded `text`; mentions quote it as `written`."""
    if not (_ANY_FIGURE.search(text) or _EN_FIGURE.search(lowered)):
        return Figures(text)
    masked = _PRIVATE.sub(_blank, text)
    rates = [rate for match in _RATE.finditer(masked) if (rate := _rate(match))]
    masked = _blanked(masked, rates)
    bare: list[RateMention] = []
    if _MAYBE_RATE.search(masked):
        bare = [_bare_rate(match) for match in _BARE_RATE.finditer(masked)]
    masked = _blanked(masked, bare)
    amounts, doubts = find_amounts(masked, _relower(masked, lowered))
    masked = _blanked(masked, [*amounts, *doubts])
    rates = sorted(rates + bare, key=lambda rate: rate.start)
    return Figures(
        masked, _quoted(amounts, written), _quoted(rates, written), _quoted(doubts, written)
    )


def _quoted(found: Sequence[Quoted], written: str) -> tuple[Quoted, ...]:
    return tuple(
        one if written.startswith(one.text, one.start) else _requoted(one, written) for one in found
    )


def _requoted(one: Quoted, written: str) -> Quoted:
    return replace(one, text=written[one.start : one.end])


def _relower(masked: str, lowered: str) -> str:
    if MASK not in masked:
        return lowered
    pairs = zip(masked, lowered, strict=True)
    return "".join(MASK if shown == MASK else low for shown, low in pairs)


def _blank(match: re.Match[str]) -> str:
    return MASK * len(match[0])


def _blanked(text: str, found: Sequence[Mention]) -> str:
    for one in found:
        text = text[: one.start] + MASK * (one.end - one.start) + text[one.end :]
    return text


def _rate(match: re.Match[str]) -> RateMention | None:
    raw = match["value"] or match["zh"] or match["mille"]
    number = _decimal(raw)
    if number is None:
        return None
    unit = "‰" if match["mille"] or match["unit"] == "‰" else "%"
    if match["unit"] and re.search(r"[bB基]", match["unit"]):
        unit = "bp"
    return RateMention(match[0], match.start(), match.end(), float(number), unit)


def _bare_rate(match: re.Match[str]) -> RateMention:
    start, end = match.span("value")
    return RateMention(match["value"], start, end, float(match["value"]))


def _decimal(raw: str) -> Decimal | None:
    if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", raw):
        return Decimal(raw)
    head, point, tail = raw.replace("点", ".").partition(".")
    whole = zh_number(head)
    if whole is None or not point:
        return whole
    fraction = "".join(str(zh_number(char) or 0) for char in tail)
    return Decimal(f"{whole}.{fraction}")
