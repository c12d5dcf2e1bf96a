"""Files that people and the bot send."""

import mimetypes
import secrets
from typing import TYPE_CHECKING

from sandbox.parameters import Parameters, Upload
from sandbox.pictures import picture_size
from sandbox.records import File, Json
from sandbox.refusal import Refusal, bad_request

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = 50 * MEGABYTE
DOWNLOAD_LIMIT = 20 * MEGABYTE
PHOTO_LIMIT = 10 * MEGABYTE
THUMBNAIL = 320
PREFIX = {"photo": "AgACAgIAAxk", "document": "BQACAgIAAxk", "voice": "AwACAgIAAxk"}
FOLDER = {"photo": "photos", "document": "documents", "voice": "voice"}


def keep(telegram: "Telegram", kind: str, upload: Upload) -> File:
    """Stores the bytes of an upload as a new file."""
    number = telegram.counters.take("file")
    telegram.store.put("counters", 0, telegram.counters)
    extension = _extension(kind, upload)
    name = f"file_{number}{extension}"
    telegram.store.put_file(name, upload.content)
    file = File(
        file_id=PREFIX[kind] + secrets.token_urlsafe(36),
        unique_id=secrets.token_urlsafe(11),
        name=name,
        path=f"{FOLDER[kind]}/{name}",
        size=len(upload.content),
        file_name=upload.name if kind == "document" else None,
        mime_type=_mime_type(kind, upload),
        kind=kind,
    )
    size = picture_size(upload.content)
    if size is not None:
        _, file.width, file.height = size
    _register(telegram, file)
    return file


def _register(telegram: "Telegram", file: File) -> None:
    telegram.files[file.file_id] = file
    telegram.store.put("file", file.file_id, file)


def _extension(kind: str, upload: Upload) -> str:
    if kind == "voice":
        return ".oga"
    if kind == "photo":
        return ".jpg"
    dot, ending = upload.name.rpartition(".")[1:]
    return f".{ending}" if dot and ending.isalnum() and ending.isascii() else ""


def _mime_type(kind: str, upload: Upload) -> str:
    if kind == "photo":
        size = picture_size(upload.content)
        return size[0] if size else "image/jpeg"
    if kind == "voice":
        return "audio/ogg"
    guessed = mimetypes.guess_type(upload.name)[0]
    return guessed or upload.mime_type or "application/octet-stream"


def from_bot(telegram: "Telegram", kind: str, given: str, p: Parameters) -> File:
    """The file that a request names: a part of it, `attach://part`, or a known id."""
    name = given.removeprefix("attach://")
    upload = p.uploads.get(name) if given.startswith("attach://") else p.uploads.get(kind)
    if upload is not None:
        _check_upload(kind, upload)
        return keep(telegram, kind, upload)
    if given.startswith("attach://"):
        raise bad_request(f'file part "{name}" is not in the request (sandbox)')
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if given.lower().startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = telegram.files.get(given)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _check_upload(kind: str, upload: Upload) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo":
        check_photo(upload.content)


def check_photo(content: bytes) -> None:
    """Raises Refusal for what Telegram would not take as a photo."""
    if len(content) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    size = picture_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    _, width, height = size
    narrow = min(width, height)
    if not narrow or width + height > 10_000 or max(width, height) > 20 * narrow:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def shown(telegram: "Telegram", file: File, duration: int = 0) -> Json:
    """The fields of a message that carry the file."""
    base: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }
    match file.kind:
        case "photo":
            full = {**base, "width": file.width, "height": file.height}
            return {"photo": [_thumbnail(telegram, file), full]}
        case "voice":
            return {"voice": {**base, "duration": duration, "mime_type": file.mime_type}}
    document = {**base, "mime_type": file.mime_type}
    return {"document": document | ({"file_name": file.file_name} if file.file_name else {})}


def _thumbnail(telegram: "Telegram", file: File) -> Json:
    """A smaller size under its own id, as Telegram sends it; here the bytes are the same."""
    small = File(**vars(file))
    small.file_id, small.unique_id = file.file_id + "-s", file.unique_id + "s"
    scale = min(1.0, THUMBNAIL / max(file.width, file.height, 1))
    small.width, small.height = round(file.width * scale), round(file.height * scale)
    _register(telegram, small)
    return {
        "file_id": small.file_id,
        "file_unique_id": small.unique_id,
        "file_size": small.size,
        "width": small.width,
        "height": small.height,
    }
