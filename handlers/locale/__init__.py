"""The catalogue: every sentence stands once a language, in ``rounds.po``, under a key."""

import functools
import gettext
import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")
_HERE = Path(__file__).parent


@functools.cache
def catalogue(lang: str) -> gettext.GNUTranslations:
    """The sentences of one language, compiled from its ``.po`` file when first needed."""
    path = _HERE / lang / "LC_MESSAGES" / "rounds.po"
    with path.open("rb") as source:
        messages = read_po(source, locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def sentence(lang: str, key: str, n: int | None = None) -> str:
    """The sentence under ``key``; with ``n`` its plural form. A missing key is an error."""
    messages = catalogue(lang)
    found = messages.gettext(key) if n is None else messages.ngettext(key, key, n)
    if found == key:
        raise KeyError(f"{lang}: {key}")
    return found


def language_of(code: str | None) -> str:
    """The language to speak with someone whose app says ``code`` (IETF tag, may be missing)."""
    return "zh" if (code or "").lower().startswith("zh") else "en"
