"""python-telegram-bot's transport over aiohttp.

httpx's connection-pool bookkeeping makes many requests at once slower, not faster; aiohttp does
not (docs/decisions/0004). Same seam, same errors: time-outs become ``TimedOut``, everything else
that the network does becomes ``NetworkError``. No message ever holds the URL, which has the token.
"""

import json
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 64
ODVInput = Any  # the library's own optional-default type is private


class NotConnected(NetworkError):
    """The request never left: unlike after other errors, Telegram has certainly not acted on it."""


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API."""

    def __init__(self, proxy: str = "", read_timeout: float = 20.0) -> None:
        self._proxy = proxy or None
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, auto_decompress=True)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request. Raises ``TimedOut`` or ``NetworkError``."""
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        read = self._seconds(read_timeout, self._read_timeout)
        # aiohttp has no time-out for writing alone; a slow upload counts against the whole call.
        write = self._seconds(write_timeout, 20.0 if _has_files(request_data) else 5.0)
        timeout = aiohttp.ClientTimeout(
            total=read + write + 5.0,
            sock_read=read,
            sock_connect=self._seconds(connect_timeout, 5.0),
            connect=self._seconds(pool_timeout, 5.0) + 5.0,
        )
        try:
            async with self._session.request(
                method, url, timeout=timeout, proxy=self._proxy, **_body(request_data)
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotConnected(f"{type(error).__name__} while reaching the Bot API") from None
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"{type(error).__name__} while talking to the Bot API") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The body of an answer. A web page that a proxy put in its place is passing trouble."""
        try:
            found: dict[str, Any] = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise NetworkError("the answer of the Bot API is not JSON") from None
        return found

    @staticmethod
    def _seconds(value: ODVInput, default: float) -> float:
        if value is BaseRequest.DEFAULT_NONE or value is None:
            return default
        return float(value)


def _has_files(data: RequestData | None) -> bool:
    return data is not None and data.contains_files


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        # Form-encoded, as the library's own transport sends it: every server understands this.
        return {"data": data.json_parameters} if data.parameters else {}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
