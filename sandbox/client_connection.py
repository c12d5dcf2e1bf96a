"""The connection of a test to the sandbox's people side."""

from typing import Any

import httpx


class SandboxError(Exception):
    """The sandbox refused what a test asked for."""


class NotSeen(AssertionError):
    """What a test waited for did not come; the text shows the chat so far."""


class Connection:
    """Requests to `/sandbox/…`; may be used from several threads."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.Client(base_url=self.url, timeout=httpx.Timeout(10, read=90))

    def request(self, verb: str, path: str, **how: Any) -> dict[str, Any]:
        """One request; raises SandboxError with the sandbox's reason."""
        answer = self._http.request(verb, f"/sandbox/{path}", **how)
        body: dict[str, Any] = answer.json()
        if answer.is_error:
            raise SandboxError(body.get("error", answer.text))
        return body

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Reads."""
        return self.request("GET", path, params={k: v for k, v in query.items() if v is not None})

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Acts."""
        return self.request("POST", path, json={k: v for k, v in body.items() if v is not None})

    def download(self, path: str) -> bytes:
        """The bytes of a file, by the `url` of a message's file."""
        return self._http.get(path).raise_for_status().content

    def close(self) -> None:
        """Lets go of the connections."""
        self._http.close()
