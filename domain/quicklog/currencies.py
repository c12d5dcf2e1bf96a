"""Currencies (ISO 4217) and scales by the signs and words that people write.

`currencies.tsv` has a code, a tab, and its words; `_` stands for a space inside a name.
"""

from pathlib import Path

_TABLE = Path(__file__).with_name("currencies.tsv")
SIGNS = {
    "$": "USD",
    "us$": "USD",
    "hk$": "HKD",
    "a$": "AUD",
    "c$": "CAD",
    "s$": "SGD",
    "nt$": "TWD",
    "¥": "CNY",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₱": "PHP",
    "₫": "VND",
    "฿": "THB",
    "₴": "UAH",
    "₦": "NGN",
    "₡": "CRC",
    "₾": "GEL",
    "₪": "ILS",
}


def _words() -> dict[str, str]:
    rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return {word.replace("_", " "): code for code, words in rows for word in words.split(" ")}


WORDS = _words()
SCALES = {
    "k": 10**3,
    "w": 10**4,
    "m": 10**6,
    "mm": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "thousand": 10**3,
    "grand": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
}
