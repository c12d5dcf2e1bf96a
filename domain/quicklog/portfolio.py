"""Client names: what people call a company, and finding it inside a sentence without delimiters.

`Names` is one actor's portfolio, immutable, kept in memory. A mention is certain only when exactly
one client answers to it and nothing beside it suggests another company; otherwise it offers
candidates. A typo is never certain.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from domain.quicklog.company_words import EVERYDAY_EN, GENERIC_EN, INDUSTRY_ZH, LEGAL_EN, LEGAL_ZH
from domain.quicklog.patterns import lazy
from domain.quicklog.text import fold, lower

_HAN = lazy(r"[\u3400-\u9fff]")
_NOISE = lazy(r"[\s·•,.'\"()\[\]<>/\\_-]+")
_PARENTHESES = lazy(r"\((?:[^()]*)\)")
_INDUSTRY = frozenset(INDUSTRY_ZH)
_LEGAL = frozenset(LEGAL_ZH)
_LONGEST = max(map(len, (*LEGAL_ZH, *INDUSTRY_ZH)))
_INDUSTRY_NEXT = lazy("|".join(sorted((*LEGAL_ZH, *INDUSTRY_ZH), key=len, reverse=True)))
_CITY = lazy(
    r"^(?:中国)?(?:(?:北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽"
    r"|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    r"|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市|自治区)?)?"
    r"(?:(?:广州|深圳|成都|杭州|武汉|西安|苏州|南京|长沙|郑州|东莞|青岛|沈阳|宁波"
    r"|昆明|无锡|佛山|合肥|大连|福州|厦门|哈尔滨|济南|温州|南宁|长春|泉州|石家庄"
    r"|贵阳|南昌|金华|常州|南通|嘉兴|太原|徐州|惠州|珠海|中山|台州|烟台|兰州|绍兴"
    r"|海口|扬州|汕头|洛阳|潍坊|盐城|湖州|芜湖|威海|襄阳|宜昌|株洲|绵阳|镇江"
    r"|泰州|漳州|赣州|柳州|桂林|唐山|保定|廊坊|邯郸|淄博|济宁|临沂|连云港|淮安|岳阳"
    r"|衡阳|义乌|昆山|江阴|张家港|常熟|慈溪|余姚|晋江|[一-龥]{2,3}(?=[市县区]))(?:市"
    r"|县|区)?)?"
)
# Characters that may stand before a name without being part of it.
_OPENERS = frozenset(
    "从访见给跟和与去到找问约在了向联系拜走电催陪请帮替为对往是过完把让被的说谈聊打回送发看同及或将叫由天周日午上早晚号月点一二三四五六家户就又再还也都刚个"
    "团位"
)
_WORD = lazy(r"[a-z0-9][a-z0-9&'.\-]*")
_TYPO_LENGTH = 5

Certainty = Literal["certain", "candidates"]


@dataclass(frozen=True, slots=True)
class NameMention:
    """A client found in a text: the span, the ids (best first) and how sure it is."""

    start: int
    end: int
    ids: tuple[int, ...]
    certainty: Certainty
    name: str


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Fold a name: half-width, simplified, lower case, single spaces."""
    return " ".join(lower(fold(name)).split())


def core_name(name: str) -> str:
    """Strip legal suffix, brackets and place: what people write on an envelope in a hurry."""
    plain = folded(name)
    if not _HAN.search(plain):
        words = [word.strip(".,") for word in _PARENTHESES.sub(" ", plain).split()]
        while len(words) > 1 and words[-1].replace(".", "") in LEGAL_EN | {"&", "and"}:
            words.pop()
        if len(words) > 1 and words[0] == "the":
            words = words[1:]
        return " ".join(words)
    bare = _strip_ends(_NOISE.sub("", _PARENTHESES.sub("", plain)), _LEGAL)
    place = _CITY.match(bare)
    rest = bare[place.end() :] if place else bare
    lead = _strip_ends(rest, _INDUSTRY)
    return rest if len(lead) >= 2 and lead not in _INDUSTRY else bare


def _strip_ends(name: str, endings: frozenset[str]) -> str:
    """Strip endings while at least two characters stay."""
    length = min(_LONGEST, len(name) - 2)
    while length > 0:
        if name[-length:] in endings:
            name = name[:-length]
            length = min(_LONGEST, len(name) - 2)
        else:
            length -= 1
    return name


@lru_cache(maxsize=65536)
def short_names(name: str) -> tuple[str, ...]:
    """List the names a person would say, the fullest first: 绿源食品有限公司 → 绿源食品, 绿源."""
    core = core_name(name)
    names = [folded(name) if not _HAN.search(name) else _NOISE.sub("", folded(name)), core]
    if _HAN.search(core):
        lead = _strip_ends(core, _INDUSTRY)
        names.append(lead)
    else:
        names.append(_english_lead(core))
    return tuple(dict.fromkeys(one for one in names if len(one) >= 2))


def _english_lead(core: str) -> str:
    words = core.split()
    while len(words) > 1 and words[-1] in GENERIC_EN:
        words.pop()
    if len(words) > 1 and words[0] not in GENERIC_EN | EVERYDAY_EN and len(words[0]) >= 3:
        return words[0]
    return " ".join(words)


class Names:
    """An index over (id, name, aliases): built once, asked for every text."""

    def __init__(self, clients: Iterable[tuple[int, str, Iterable[str]]]) -> None:
        self._names: dict[int, str] = {}
        self._keys: dict[str, tuple[int, ...]] = {}
        strong: dict[str, list[int]] = {}
        weak: dict[str, list[int]] = {}
        for client_id, name, aliases in clients:
            self._names[client_id] = name
            full, *shorter = short_names(name) or (folded(name),)
            for key in (full, *shorter[:1], *map(folded, aliases)):
                strong.setdefault(key, []).append(client_id)
            for key in shorter[1:]:
                weak.setdefault(key, []).append(client_id)
        self._strong = {key: tuple(dict.fromkeys(ids)) for key, ids in strong.items()}
        self._keys = dict(self._strong)
        for key, ids in weak.items():
            self._keys[key] = tuple(dict.fromkeys((*self._keys.get(key, ()), *ids)))
        self._han, self._latin = self._buckets()

    def __len__(self) -> int:
        return len(self._names)

    def name(self, client_id: int) -> str:
        """Give a client's stored name."""
        return self._names[client_id]

    def _buckets(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        han: dict[str, list[str]] = {}
        latin: dict[str, list[str]] = {}
        for key in self._keys:
            if _HAN.match(key) or _HAN.search(key[:2]):
                han.setdefault(key[:2], []).append(key)
            else:
                latin.setdefault(key.split(" ", 1)[0], []).append(key)
        for bucket in (*han.values(), *latin.values()):
            bucket.sort(key=len, reverse=True)
        return han, latin

    @cached_property
    def _misspelt(self) -> dict[str, set[str]]:
        """Index first words with one letter left out, for typos of one edit."""
        index: dict[str, set[str]] = {}
        for word in self._latin:
            if len(word) >= _TYPO_LENGTH and word not in EVERYDAY_EN:
                for cut in _deletions(word):
                    index.setdefault(cut, set()).add(word)
        return index

    def find(self, text: str) -> tuple[NameMention, ...]:
        """Find clients inside a text, longest names first, spans of the text as written."""
        simple = fold(text)
        low = lower(simple)
        mentions = self._find_han(low) + self._find_latin(simple, low)
        if not mentions:
            mentions = self._find_typos(simple, low)
        return tuple(sorted(mentions, key=lambda one: one.start))

    def _find_han(self, low: str) -> list[NameMention]:
        found, position, buckets = [], 0, self._han
        while position < len(low) - 1:
            key = next(
                (
                    one
                    for one in buckets.get(low[position : position + 2], ())
                    if low.startswith(one, position)
                ),
                None,
            )
            if key is None:
                position += 1
                continue
            found.append(self._han_mention(low, position, key))
            position += len(key)
        return found

    def _han_mention(self, low: str, start: int, key: str) -> NameMention:
        end, ids = start + len(key), self._keys[key]
        before = low[start - 1] if start else " "
        alone = not _HAN.match(before) or before in _OPENERS
        sure = len(ids) == 1 and alone and not self._other_company(low, end, ids[0])
        certainty: Certainty = "certain" if sure else "candidates"
        return NameMention(start, end, self._ranked(key, ids), certainty, self._names[ids[0]])

    def _other_company(self, low: str, end: int, client_id: int) -> bool:
        """Tell whether the words after a short name make it another company's."""
        following = _INDUSTRY_NEXT.match(low, end)
        return following is not None and following[0] not in folded(self._names[client_id])

    def _ranked(self, key: str, ids: tuple[int, ...]) -> tuple[int, ...]:
        exact = self._strong.get(key, ())
        return tuple(dict.fromkeys((*exact, *ids)))

    def _find_latin(self, simple: str, low: str) -> list[NameMention]:
        found: list[NameMention] = []
        reached = 0
        for match in _WORD.finditer(low):
            if match.start() < reached:
                continue
            word = match[0].rstrip(".'-")
            keys = self._latin.get(word) or self._latin.get(word.removesuffix("'s")) or ()
            key = next((one for one in keys if _stands(low, match.start(), one)), None)
            if key is None or not self._is_name(simple, match.start(), key):
                continue
            end = match.start() + len(key)
            found.append(self._latin_mention(simple, low, match.start(), end, key))
            reached = end
        return found

    def _is_name(self, simple: str, start: int, key: str) -> bool:
        """An everyday word is a name only with a capital inside a sentence."""
        if " " in key or (key not in EVERYDAY_EN and len(key) > 2):
            return True
        return simple[start].isupper() and (start == 0 or simple[:start].rstrip()[-1:] not in ".!?")

    def _latin_mention(self, simple: str, low: str, start: int, end: int, key: str) -> NameMention:
        ids = self._ranked(key, self._keys[key])
        following = re.match(r"\s+([A-Z][\w&'-]*)", simple[end:])
        other = following is not None and self._unlike(following[1].lower(), ids[0])
        everyday = key in EVERYDAY_EN
        sure = len(ids) == 1 and not everyday and not (other and key not in self._strong)
        certainty: Certainty = "certain" if sure else "candidates"
        return NameMention(start, end, ids, certainty, self._names[ids[0]])

    def _unlike(self, word: str, client_id: int) -> bool:
        """Tell whether a company word follows that the client's name does not have."""
        return word in GENERIC_EN | LEGAL_EN and word not in folded(self._names[client_id])

    def _find_typos(self, simple: str, low: str) -> list[NameMention]:
        found = []
        for match in _WORD.finditer(low):
            word = match[0].strip("'.-").removesuffix("'s")
            if len(word) < _TYPO_LENGTH or word in EVERYDAY_EN or word in GENERIC_EN:
                continue
            small = simple[match.start()].islower()
            near = [one for one in self._near(word) if _alike(word, one, small=small)]
            ids = tuple(
                dict.fromkeys(
                    i for one in near for key in self._latin[one] for i in self._keys[key]
                )
            )
            if ids:
                end = match.start() + len(word)
                found.append(
                    NameMention(match.start(), end, ids, "candidates", self._names[ids[0]])
                )
        return found

    def _near(self, word: str) -> list[str]:
        """List the indexed words within one edit (or one swap of neighbours) of `word`."""
        index = self._misspelt
        near = set(index.get(word, ()))
        for cut in _deletions(word):
            near |= index.get(cut, set())
            if cut in self._latin and len(cut) >= _TYPO_LENGTH and cut not in EVERYDAY_EN:
                near.add(cut)
        return sorted(near)


def _alike(word: str, name: str, *, small: bool) -> bool:
    """Typos keep the first letter; a small word that only begins like the name is another word."""
    if word[0] != name[0]:
        return False
    return not (small and (name.startswith(word) or word.startswith(name)))


def _deletions(word: str) -> set[str]:
    return {word[:cut] + word[cut + 1 :] for cut in range(len(word))}


def _stands(low: str, start: int, key: str) -> bool:
    """Tell whether a key stands at `start` and ends at a word boundary."""
    end = start + len(key)
    return low.startswith(key, start) and not (
        end < len(low) and low[end].isalnum() and low[end].isascii()
    )
