"""The chat page and its fonts."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.telegram import Telegram

PAGE = Path(__file__).parent / "page"


def routes(_: Telegram) -> list[Route | Mount]:
    """The page at `/`, its files below `/page`."""

    async def page(_request: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    return [Route("/", page), Mount("/page", StaticFiles(directory=PAGE, check_dir=False))]
