"""Words that company names end in, banks that are rivals, and words that are no client at all.

The words stand in `company_words.tsv`: a class, a tab, words with spaces between.
"""

from pathlib import Path

_TABLE = Path(__file__).with_name("company_words.tsv")


def _load() -> dict[str, list[str]]:
    classes: dict[str, list[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        name, words = line.split("\t")
        classes.setdefault(name, []).extend(words.split(" "))
    return classes


_WORDS = _load()
LEGAL_ZH = tuple(_WORDS["legal_zh"])
INDUSTRY_ZH = tuple(_WORDS["industry_zh"])
LEGAL_EN = frozenset(_WORDS["legal_en"])
GENERIC_EN = frozenset(_WORDS["generic_en"])
# First words of names that are everyday words: only a capital inside a sentence makes them a name.
EVERYDAY_EN = frozenset(_WORDS["everyday_en"])
BANKS = frozenset(_WORDS["banks"])
NOBODY = frozenset(_WORDS["nobody"])
# Words at which an English name ends.
STOP_EN = frozenset(_WORDS["en_stop"])
# Kind words that are nouns: no client's name follows them directly.
KIND_NOUNS = frozenset(_WORDS["nouns"])
