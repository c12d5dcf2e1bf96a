"""The lists that can be exported."""

from enum import StrEnum


class What(StrEnum):
    """Named as on the shell."""

    CLIENTS = "clients"
    VISITS = "visits"
    FOLLOWUPS = "followups"
    TARGETS = "targets"


# What a person may take out by chat.
OWN = (What.CLIENTS, What.VISITS, What.FOLLOWUPS)
