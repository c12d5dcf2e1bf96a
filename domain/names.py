"""Client names: what people call a company, and finding it inside a sentence.

The code stands in `domain.quicklog.portfolio`, since the language and the names read the same
tables; this is the door for everybody else.
"""

from domain.quicklog.portfolio import (
    Certainty,
    NameMention,
    Names,
    core_name,
    folded,
    short_names,
)

__all__ = ["Certainty", "NameMention", "Names", "core_name", "folded", "short_names"]
