"""Regular expressions that are compiled when they are first used.

The grammar has about seventy; compiling them takes several times as long as all the rest of the
import, and many programs that import the package never read a text.
"""

import re
from typing import Any, cast


class _Lazy:
    """Stands in for a pattern; the first method asked for compiles it, once."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        value = getattr(compiled, name)
        setattr(self, name, value)
        return value


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """Give a pattern that behaves like `re.compile(source, flags)`; errors come at first use."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
