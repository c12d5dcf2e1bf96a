"""Updates delivered by POST instead of being fetched."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from sandbox.refusal import bad_request
from sandbox.store import Store

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
POST_SECONDS = 30
RETRY_SECONDS = (0.2, 0.5, 1, 2, 5)


@dataclass
class Setting:
    """Where updates go; an empty address means nowhere."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: int = 0


@dataclass
class Webhook:
    """The webhook and its worker, one update at a time and in order."""

    store: Store
    setting: Setting = field(default_factory=Setting)
    _worker: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        kept = self.store.all("webhook")
        self.setting = Setting(**kept[0]) if kept else Setting()

    def set(self, telegram: "Telegram", url: str, secret: str, max_connections: int) -> None:
        """Sets the address, or removes it when empty; raises Refusal."""
        if url and not re.fullmatch(r"https?://[^/\s]+(/\S*)?", url):
            raise bad_request("invalid webhook URL specified")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self.setting = Setting(url, secret, max_connections)
        self.store.put("webhook", 0, self.setting)
        self.start(telegram)

    def start(self, telegram: "Telegram") -> None:
        """Starts delivering when an address is set; ends an earlier worker."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
        if self.setting.url:
            self._worker = asyncio.get_running_loop().create_task(self._deliver(telegram))

    async def _deliver(self, telegram: "Telegram") -> None:
        failures = 0
        async with httpx.AsyncClient(timeout=POST_SECONDS) as http:
            while not telegram.closing:
                if not telegram.updates.waiting:
                    await telegram.updates.arrived.wait(60)
                    continue
                queued = telegram.updates.waiting[0]
                error = await self._post(http, queued.raw)
                if error:
                    self._failed(telegram, error)
                    wait = RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)]
                    await telegram.ending.wait(wait)
                else:
                    telegram.updates.drop(queued)
                failures = failures + 1 if error else 0
                telegram.store.flush()

    def _failed(self, telegram: "Telegram", error: str) -> None:
        self.setting.last_error = error
        self.setting.last_error_at = int(telegram.clock.real())
        self.store.put("webhook", 0, self.setting)

    async def _post(self, http: httpx.AsyncClient, body: str) -> str:
        """Posts one update; the error in words, empty when the bot answered 2xx."""
        headers = {"Content-Type": "application/json"}
        if self.setting.secret:
            headers[SECRET_HEADER] = self.setting.secret
        try:
            answer = await http.post(self.setting.url, content=body.encode(), headers=headers)
        except httpx.HTTPError as error:
            return f"Connection failed: {error}"
        if answer.is_success:
            return ""
        return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
