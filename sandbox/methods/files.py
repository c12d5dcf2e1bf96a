"""Fetching files that people sent."""

from sandbox.files import DOWNLOAD_LIMIT
from sandbox.methods.table import method
from sandbox.parameters import Parameters
from sandbox.records import Json
from sandbox.refusal import bad_request
from sandbox.telegram import Telegram


@method("getFile", "file_id")
def get_file(telegram: Telegram, p: Parameters) -> Json:
    """The path under which a file of up to 20 MB can be fetched."""
    if not p.has("file_id"):
        raise bad_request("file_id not specified")
    file = telegram.files.get(p.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }
