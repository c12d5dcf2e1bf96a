"""Recipes of pictures and documents: what a reply describes is made when it is sent.

A maker gets ``read`` (runs a function of a session on a snapshot), the recipe's facts, and the
time; it returns a file name and the bytes.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

Read = Callable[[Callable[[Any], Any]], Awaitable[Any]]
MakeFile = Callable[[Read, dict[str, Any], datetime], Awaitable[tuple[str, bytes]]]

makers: dict[str, MakeFile] = {}


def maker(recipe: str) -> Callable[[MakeFile], MakeFile]:
    """Register the maker of a recipe."""

    def register(make: MakeFile) -> MakeFile:
        if recipe in makers:
            raise ValueError(f"two makers of {recipe}")
        makers[recipe] = make
        return make

    return register
