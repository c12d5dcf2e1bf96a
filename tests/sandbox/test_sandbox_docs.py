"""docs/sandbox.md names every route, method and option, and nothing that is not there."""

import re
from pathlib import Path

from starlette.routing import Route

from sandbox.__main__ import arguments
from sandbox.methods import METHODS
from sandbox.server import create_app
from sandbox.telegram import Telegram

TEXT = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")


def test_routes() -> None:
    documented = set(re.findall(r"`((?:GET|POST|DELETE) /sandbox/\S+)`", TEXT))
    there = {
        f"{verb} {re.sub(r':[a-z]+}', '}', route.path)}"
        for route in create_app(Telegram()).routes
        if isinstance(route, Route) and route.path.startswith("/sandbox/")
        for verb in (route.methods or set()) - {"HEAD"}
    }
    assert documented == there


def test_methods() -> None:
    table = TEXT[TEXT.index("| subject |") : TEXT.index("Where it is strict")]
    documented = set(re.findall(r"`(\w+)`", table))
    assert documented == {method.name for method in METHODS.values()}


def test_options() -> None:
    documented = set(re.findall(r"`--([a-z]+)", TEXT))
    assert documented == set(vars(arguments([])))
