"""The bot's side over HTTP: `/bot<token>/METHOD` and `/file/bot<token>/PATH`."""

import asyncio
import json
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.faults import Call, Fault
from sandbox.methods import METHODS, Method
from sandbox.methods.table import Raw
from sandbox.parameters import Parameters, Upload
from sandbox.refusal import Refusal, bad_request
from sandbox.telegram import Telegram

JSON = "application/json"


class Broken(Response):
    """Ends the connection instead of answering, as a network does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Resets the connection; behind a foreign server it only stops in mid-answer."""
        abort = scope.get("sandbox.abort")
        if abort is None:
            headers = [(b"content-length", b"1000000")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            return
        abort()
        # The server notices the end in the next rounds of the loop and then asks for no answer.
        await asyncio.sleep(0.01)


def routes(telegram: Telegram) -> list[Route]:
    """The routes of the Bot API."""

    async def call(request: Request) -> Response:
        return await _call(telegram, request)

    async def file(request: Request) -> Response:
        return _file(telegram, request)

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", file),
    ]


async def _call(telegram: Telegram, request: Request) -> Response:
    if request.path_params["token"] != telegram.token:
        return _answer(401, Refusal(401, "Unauthorized").body())
    name = request.path_params["method"].lower()
    method = METHODS.get(name)
    if method is None:
        telegram.calls.begin(name, {}, telegram.clock.real())
        return _answer(404, Refusal(404, "Not Found: method not found").body())
    try:
        p = await _parameters(request)
    except Refusal as refusal:
        return _answer(refusal.code, refusal.body())
    entry = telegram.calls.begin(method.name, _logged(p), telegram.clock.real())
    fault = telegram.script.next_for(name, p.text("chat_id"))
    try:
        return await _with_fault(telegram, method, p, entry, fault)
    finally:
        entry.seconds = telegram.clock.real() - entry.at


async def _with_fault(
    telegram: Telegram, method: Method, p: Parameters, entry: Call, fault: Fault | None
) -> Response:
    if fault is None:
        return await _run(telegram, method, p, entry)
    entry.fault = fault.kind
    match fault.kind:
        case "error":
            refusal = Refusal(fault.code, fault.description, **fault.parameters)
            return _refused(telegram, entry, refusal)
        case "http":
            entry.status = fault.code
            return Response(fault.body, fault.code, media_type=fault.content_type)
        case "reset":
            return Broken()
        case "hang":
            await telegram.ending.wait(fault.seconds)
            return await _run(telegram, method, p, entry)
    await _run(telegram, method, p, entry)
    return Broken()


async def _run(telegram: Telegram, method: Method, p: Parameters, entry: Call) -> Response:
    try:
        if telegram.strict:
            method.check(p)
        result = await _result(telegram, method, p)
    except Refusal as refusal:
        telegram.store.flush()
        return _refused(telegram, entry, refusal)
    telegram.store.flush()
    entry.status, entry.ok = 200, True
    if isinstance(result, Raw):
        entry.result = f"{len(result.text)} characters"
        return Response('{"ok":true,"result":' + result.text + "}", media_type=JSON)
    entry.result = result
    return _answer(200, {"ok": True, "result": result})


async def _result(telegram: Telegram, method: Method, p: Parameters) -> Any:
    if method.run is not None:
        return method.run(telegram, p)
    assert method.run_async is not None
    return await method.run_async(telegram, p)


def _refused(telegram: Telegram, entry: Call, refusal: Refusal) -> Response:
    entry.status, entry.result = refusal.code, refusal.body()
    telegram.calls.refusals[f"{refusal.code} {refusal.description}"] += 1
    answer = _answer(refusal.code, refusal.body())
    if "retry_after" in refusal.parameters:
        answer.headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return answer


def _answer(status: int, body: dict[str, Any]) -> Response:
    return Response(json.dumps(body, separators=(",", ":")), status, media_type=JSON)


def _logged(p: Parameters) -> dict[str, Any]:
    files = {name: f"{u.name} ({len(u.content)} bytes)" for name, u in p.uploads.items()}
    return {**p.values, **files} if files else p.values


async def _parameters(request: Request) -> Parameters:
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "GET":
        return Parameters(values)
    if kind == "multipart/form-data":
        return await _multipart(request, values)
    body = await request.body()
    if kind == JSON:
        return Parameters(values | _json_object(body))
    if body:
        values |= dict(parse_qsl(body.decode("utf-8", "surrogateescape"), keep_blank_values=True))
    return Parameters(values)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(parsed, dict):
        raise bad_request("can't parse JSON object: expected an Object")
    return parsed


async def _multipart(request: Request, values: dict[str, Any]) -> Parameters:
    uploads: dict[str, Upload] = {}
    async with request.form(max_files=30, max_fields=200, max_part_size=2**24) as form:
        for name, part in form.multi_items():
            if isinstance(part, str):
                values[name] = part
            else:
                mime = part.content_type or "application/octet-stream"
                uploads[name] = Upload(part.filename or name, await part.read(), mime)
    return Parameters(values, uploads)


def _file(telegram: Telegram, request: Request) -> Response:
    if request.path_params["token"] != telegram.token:
        return _answer(401, Refusal(401, "Unauthorized").body())
    path = request.path_params["path"]
    known = next((f for f in telegram.files.values() if f.path == path), None)
    if known is None:
        return _answer(HTTPStatus.NOT_FOUND, Refusal(404, "Not Found").body())
    return Response(telegram.store.file(known.name), media_type=known.mime_type)
