"""The sandbox as one ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from sandbox import bot_routes, control_routes, page_routes, people_routes, person_routes
from sandbox.telegram import Telegram


def create_app(telegram: Telegram) -> Starlette:
    """The Bot API, the people's side, the controls and the page."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        telegram.webhook.start(telegram)
        yield
        telegram.close()

    return Starlette(
        routes=[
            *bot_routes.routes(telegram),
            *people_routes.routes(telegram),
            *person_routes.routes(telegram),
            *control_routes.routes(telegram),
            *page_routes.routes(telegram),
        ],
        lifespan=lifespan,
    )


class Abortable:
    """Lets a route reset its connection, which ASGI has no word for."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the connection's `abort` down in the scope, where the server has one."""
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        if transport is not None:
            scope["sandbox.abort"] = transport.abort
        await self._app(scope, receive, send)


class Server(uvicorn.Server):
    """A server that ends at once, open polls and streams included."""

    def __init__(self, telegram: Telegram, host: str, port: int) -> None:
        config = uvicorn.Config(
            Abortable(create_app(telegram)),
            host=host,
            port=port,
            log_level="error",
            access_log=False,
            timeout_keep_alive=120,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._telegram = telegram

    async def shutdown(self, sockets: object = None) -> None:
        """Wakes everyone who waits, then lets uvicorn close the rest."""
        self._telegram.wake_up_for_the_end()
        await super().shutdown()

    @property
    def port(self) -> int:
        """The port it listens on, also when 0 was asked for."""
        return int(self.servers[0].sockets[0].getsockname()[1])
