"""The methods of the Bot API, one module a subject; importing this package registers them."""

from sandbox.methods import chats, commands, edits, files, queries, sends, updates
from sandbox.methods.table import METHODS, Method

__all__ = [
    "METHODS",
    "Method",
    "chats",
    "commands",
    "edits",
    "files",
    "queries",
    "sends",
    "updates",
]
