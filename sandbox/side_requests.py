"""What all routes of the people's side share: reading the request, answering, saying no."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.parameters import Upload
from sandbox.person_side import NotPossible
from sandbox.records import Chat, Person
from sandbox.refusal import Refusal
from sandbox.telegram import Telegram


class Asked:
    """One request of the people's side: path, query and body together."""

    def __init__(self, telegram: Telegram, values: dict[str, Any], uploads: list[Upload]) -> None:
        self.telegram = telegram
        self.values = values
        self.uploads = uploads

    def get(self, name: str, default: Any = None) -> Any:
        """A value, or the default when it is not there."""
        value = self.values.get(name)
        return default if value is None else value

    def number(self, name: str) -> int | None:
        """As an integer, None when it is not there; raises ValueError."""
        value = self.values.get(name)
        return None if value is None or value == "" else int(value)

    def required(self, name: str) -> Any:
        """A value that must be there; raises NotPossible."""
        if self.values.get(name) is None:
            raise NotPossible(f"“{name}” is missing")
        return self.values[name]

    def flag(self, name: str, default: bool = False) -> bool:
        """As a boolean."""
        value = self.values.get(name)
        return default if value is None else str(value).lower() in ("true", "1", "yes")

    @property
    def person(self) -> Person:
        """Who acts; raises KeyError."""
        return self.telegram.people[int(self.values["person"])]

    @property
    def chat(self) -> Chat:
        """The chat in the path; raises KeyError."""
        return self.telegram.chats[int(self.values["chat"])]

    @property
    def how(self) -> dict[str, Any]:
        """Where, in reply to what and when a message is sent."""
        date = self.values.get("date")
        return {
            "chat_id": self.number("chat"),
            "reply_to": self.number("reply_to"),
            "date": None if date is None else float(date),
        }


Handler = Callable[[Asked], Any]
WaitingHandler = Callable[[Asked], Awaitable[Any]]


def route(
    telegram: Telegram,
    path: str,
    handler: Handler | WaitingHandler,
    *methods: str,
) -> Route:
    """A route whose handler answers a JSON value."""

    async def endpoint(request: Request) -> Response:
        try:
            asked = await _read(telegram, request)
            result = handler(asked)
            if isinstance(result, Awaitable):
                result = await result
        except KeyError as error:
            return answer({"error": f"not found: {error.args[0]}"}, 404)
        except (NotPossible, ValueError) as error:
            return answer({"error": str(error)}, 400)
        except Refusal as refusal:
            return answer({"error": refusal.description}, 400)
        finally:
            telegram.store.flush()
        return answer(result)

    return Route(path, endpoint, methods=list(methods or ("POST",)))


def answer(body: Any, status: int = 200) -> Response:
    """A JSON answer that no cache keeps."""
    headers = {"Cache-Control": "no-store"}
    return Response(json.dumps(body), status, headers, media_type="application/json")


async def _read(telegram: Telegram, request: Request) -> Asked:
    values: dict[str, Any] = {**request.query_params, **request.path_params}
    uploads: list[Upload] = []
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        async with request.form(max_files=20) as form:
            for name, part in form.multi_items():
                if isinstance(part, UploadFile):
                    uploads.append(await _upload(part))
                else:
                    values.setdefault(name, part)
    elif body := await request.body():
        given = json.loads(body)
        if not isinstance(given, dict):
            raise ValueError("the body must be a JSON object")
        values = given | values
    return Asked(telegram, values, uploads)


async def _upload(part: UploadFile) -> Upload:
    mime = part.content_type or "application/octet-stream"
    return Upload(part.filename or "file", await part.read(), mime)
