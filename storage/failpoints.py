"""Named points where a test can have the real process killed.

``ROUNDS_FAILPOINT=name[:n]`` makes the process SIGKILL itself the n-th time it passes ``name``.
Without the variable a failpoint costs one comparison.
"""

import os
import signal

_name, _, _count = os.environ.get("ROUNDS_FAILPOINT", "").partition(":")
_left = int(_count or 1)


def failpoint(name: str) -> None:
    """Die here, as a power cut would, when the environment asks for it."""
    global _left
    if name != _name:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
