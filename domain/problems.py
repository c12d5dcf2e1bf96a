"""Errors for people: a key of the catalogue and its facts, translated at the door."""


class Problem(Exception):
    """Something a person can understand and mend.

    ``key`` names the sentence in the catalogue (``problem.<key>``), ``facts`` fill it.
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.key}({facts})"
