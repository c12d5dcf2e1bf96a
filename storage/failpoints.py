"""Named points where a test can have the real process killed.

``ROUNDS_FAILPOINT=name[:n]`` makes the process SIGKILL itself the n-th time it passes ``name``.
``a>b`` counts ``b`` only after ``a`` was passed: ``mid-handler>before-commit`` is the commit of a
handler, however many commits came before it. Without the variable a failpoint costs one comparison.
"""

import os
import signal

_steps = os.environ.get("ROUNDS_FAILPOINT", "").split(">")
_name, _, _count = _steps.pop(0).partition(":")
_left = int(_count or 1)


def failpoint(name: str) -> None:
    """Die here, as a power cut would, when the environment asks for it."""
    global _name, _left
    if name != _name:
        return
    _left -= 1
    if _left > 0:
        return
    if not _steps:
        os.kill(os.getpid(), signal.SIGKILL)
    _name, _, count = _steps.pop(0).partition(":")
    _left = int(count or 1)
