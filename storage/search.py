"""What a client can be found by: one b-tree of tokens, the same on both databases.

A token is a suffix or word of a name in one of its spellings, so that one range look-up
(``q <= token < q + max``) answers substring, pinyin, initials and phone-tail queries alike.
"""

import functools
from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from domain.names import core_name, folded
from storage.clients import Client, ClientAlias, ClientToken

TOKEN_LENGTH = 40
HIGHEST = "\U0010ffff"
MAX_READINGS = 4


def tokens_of(names: Iterable[str], phone: str | None, code: str | None) -> set[str]:
    """Every token of one client."""
    found: set[str] = set()
    for name in names:
        found |= _name_tokens(name)
    if phone:
        digits = "".join(c for c in phone if c.isdigit())
        if len(digits) >= 4:
            found.add("#" + digits[::-1])
            found.add(digits)
    if code:
        found.add(folded(code))
    return {token[:TOKEN_LENGTH] for token in found if token}


def _name_tokens(name: str) -> set[str]:
    whole = folded(name)
    short = core_name(name) or whole
    found: set[str] = {whole}
    for word in short.replace("-", " ").split():
        han = any("\u4e00" <= c <= "\u9fff" for c in word)
        found |= {word[i:] for i in range(len(word))} if han else {word}
        if han:
            found |= _pinyin_tokens(word)
    found |= {word for word in whole.split() if word.isascii()}  # "Holdings" is looked for, too
    latin = [word for word in short.split() if word.isascii()]
    if len(latin) > 1:
        found.add("".join(latin))
        found.add("".join(word[0] for word in latin))
    return found


def _pinyin_tokens(word: str) -> set[str]:
    found: set[str] = set()
    for syllables in _readings(word):
        for start in range(len(syllables)):
            rest = syllables[start:]
            found.add("".join(rest))
            if len(rest) > 1:
                found.add("".join(s[0] for s in rest))
    return found


@functools.lru_cache(maxsize=4096)
def _readings(word: str) -> tuple[tuple[str, ...], ...]:
    """The usual reading of a word, and those of a first character with rare surname readings."""
    from pypinyin import Style, lazy_pinyin, pinyin  # heavy: only when a name is indexed

    usual = tuple(s for s in lazy_pinyin(word) if s)
    firsts = pinyin(word[0], style=Style.NORMAL, heteronym=True, errors="ignore")
    spellings = list(firsts[0]) if firsts else []
    spellings += SURNAMES.get(word[0], ())
    variants = [usual] + [(s, *usual[1:]) for s in dict.fromkeys(spellings) if s != usual[0]]
    return tuple(dict.fromkeys(variants))[:MAX_READINGS]


# Surname readings that dictionaries list last or not at all (GB/T 28039-2011 and common usage).
SURNAMES: dict[str, tuple[str, ...]] = {
    "曾": ("zeng", "ceng"), "单": ("shan", "dan"), "仇": ("qiu", "chou"), "解": ("xie", "jie"),
    "查": ("zha", "cha"), "朴": ("piao", "pu"), "翟": ("zhai", "di"), "区": ("ou", "qu"),
    "任": ("ren",), "华": ("hua",), "尉": ("yu", "wei"), "盖": ("ge", "gai"), "乐": ("yue", "le"),
    "召": ("shao", "zhao"), "洗": ("xian", "xi"), "员": ("yun", "yuan"), "贾": ("jia", "gu"),
    "覃": ("qin", "tan"), "缪": ("miao", "mou"), "宓": ("mi", "fu"), "逄": ("pang",),
    "种": ("chong", "zhong"), "繁": ("po", "fan"), "秘": ("bi", "mi"), "冼": ("xian",),
    "燕": ("yan",), "应": ("ying",), "重": ("chong", "zhong"), "厦": ("xia", "sha"),
    "长": ("chang", "zhang"), "薄": ("bo", "bao"), "折": ("she", "zhe"), "黑": ("he", "hei"),
}  # fmt: skip


def index(session: Session, client: Client) -> None:
    """Bring a client's tokens in step, in the transaction that changed the client."""
    aliases = session.scalars(select(ClientAlias.alias).where(ClientAlias.client_id == client.id))
    people = [client.contact_name] if client.contact_name else []
    wanted = tokens_of([client.name, *aliases, *people], client.phone, client.code)
    query = select(ClientToken.token).where(ClientToken.client_id == client.id)
    present = set(session.scalars(query))
    if gone := present - wanted:
        session.execute(
            delete(ClientToken).where(
                ClientToken.client_id == client.id, ClientToken.token.in_(gone)
            )
        )
    if new := wanted - present:
        rows = [{"token": token, "client_id": client.id} for token in sorted(new)]
        session.execute(insert(ClientToken), rows)


def query_tokens(text: str) -> list[str]:
    """What to look up for a typed query; every one must match."""
    whole = core_name(text) or folded(text)
    parts = whole.split()
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    digits = "".join(c for c in whole if c.isdigit())
    if len(digits) >= 4 and len(digits) == len(whole.replace(" ", "").replace("-", "")):
        return ["#" + digits[::-1]]
    return parts
