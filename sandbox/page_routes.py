"""The chat page and its fonts."""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.telegram import Telegram

PAGE = Path(__file__).parent / "page"
HAN_FONT = "NotoSansSC-Regular.otf"
# Texts of the bot are shown as HTML that the sandbox made; this keeps anything else from running.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "connect-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
WEEK = "public, max-age=604800"


def routes(_: Telegram) -> list[BaseRoute]:
    """The page at `/`, its files below `/page`, a Chinese font for machines without one."""

    async def page(_request: Request) -> Response:
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
        return FileResponse(PAGE / "index.html", headers=headers)

    async def font(_request: Request) -> Response:
        return FileResponse(han_font(), media_type="font/otf", headers={"Cache-Control": WEEK})

    return [
        Route("/", page),
        Route("/page/fonts/han.otf", font),
        Mount("/page", Fresh(directory=PAGE)),
    ]


@cache
def han_font() -> Path:
    """The Chinese font that comes with the installed package."""
    with as_file(files("pylopdf_fonts_zh_cn") / HAN_FONT) as path:
        return path


class Fresh(StaticFiles):
    """Files that the browser asks about each time, so that a new version shows at once."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """As usual, with the header that makes the browser ask."""
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["Cache-Control"] = "no-cache"
        return answer
