"""The people of the sandbox's own tests, and a bot of few words."""

import asyncio
from typing import Any

import httpx

from sandbox.server import create_app
from sandbox.telegram import Telegram

MEI, TOM = 1001, 1002
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (800).to_bytes(4, "big") + (600).to_bytes(4, "big")


class Bot:
    """Calls methods and people's routes without a network."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(create_app(telegram))
        self._http = httpx.AsyncClient(transport=transport, base_url="http://sandbox")

    def request(self, verb: str, path: str, **how: Any) -> httpx.Response:
        """Any request."""
        return self._runner.run(self._http.request(verb, path, **how))

    def answer(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer to a request with a JSON body."""
        path = f"/bot{self.telegram.token}/{method}"
        return self.request("POST", path, json=params).json()

    def call(self, method: str, **params: Any) -> Any:
        """The result; fails the test when Telegram refuses."""
        answer = self.answer(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    def upload(self, method: str, files: dict[str, Any], **params: Any) -> dict[str, Any]:
        """The whole answer to a multipart request."""
        path = f"/bot{self.telegram.token}/{method}"
        return self.request("POST", path, data=params, files=files).json()

    def refused(self, method: str, **params: Any) -> str:
        """Code and description of the refusal; fails the test when there is none."""
        answer = self.answer(method, **params)
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"

    def act(self, path: str, **body: Any) -> dict[str, Any]:
        """An act of a person, or a control."""
        answer = self.request("POST", f"/sandbox/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def updates(self) -> list[dict[str, Any]]:
        """All that waits, confirmed at once."""
        found = self.call("getUpdates")
        if found:
            self.call("getUpdates", offset=found[-1]["update_id"] + 1)
        return found

    def say(self, text: str, person: int = MEI, **how: Any) -> dict[str, Any]:
        """Something a person types."""
        return self.act(f"people/{person}/say", text=text, **how)["message"]

    def sees(self, person: int = MEI) -> list[dict[str, Any]]:
        """The messages of a chat as the person sees them."""
        return self.request("GET", f"/sandbox/chats/{person}/messages").json()["messages"]

    def close(self) -> None:
        """Ends the loop."""
        self._runner.run(self._http.aclose())
        self._runner.close()


def add_people(telegram: Telegram) -> None:
    """Mei, who uses the bot, and Tom, who has never written to it."""
    facts = {"last_name": "Li", "language_code": "zh-hans", "start": "C0DE"}
    telegram.add_person(id=MEI, first_name="Mei", started=True, **facts)
    telegram.add_person(id=TOM, first_name="Tom", username="tom_b", language_code="en")
