"""Files in both directions."""

import pytest
from sandbox_world import MEI, PNG, TOM, Bot

from sandbox.pictures import picture_size

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080064012c0101110000")


def send(bot: Bot, kind: str, *files: tuple[str, bytes], **data: str) -> list[dict[str, object]]:
    parts = [("file", file) for file in files]
    path = f"/sandbox/people/{MEI}/files"
    answer = bot.request("POST", path, data={"kind": kind, **data}, files=parts)
    assert answer.is_success, answer.text
    return answer.json()["messages"]


def fetch(bot: Bot, file_id: str) -> bytes:
    path = bot.call("getFile", file_id=file_id)["file_path"]
    return bot.request("GET", f"/file/bot{bot.telegram.token}/{path}").content


def test_a_document_travels_to_the_bot(bot: Bot) -> None:
    send(bot, "document", ("客户.csv", "名称\n".encode()), caption="/import")
    message = bot.updates()[0]["message"]
    assert message["document"]["file_name"] == "客户.csv"
    assert message["caption_entities"][0]["type"] == "bot_command"
    assert fetch(bot, message["document"]["file_id"]) == "名称\n".encode()


def test_photos_come_in_two_sizes(bot: Bot) -> None:
    send(bot, "photo", ("p.png", PNG))
    small, large = bot.updates()[0]["message"]["photo"]
    assert (small["width"], small["height"]) == (320, 240)
    assert (large["width"], large["height"]) == (800, 600)
    assert small["file_id"] != large["file_id"]
    assert fetch(bot, large["file_id"]) == PNG


def test_an_album_is_several_messages_of_one_group(bot: Bot) -> None:
    send(bot, "photo", ("a.png", PNG), ("b.png", PNG), caption="at the factory")
    first, second = (update["message"] for update in bot.updates())
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption"] == "at the factory"
    assert "caption" not in second


def test_voices(bot: Bot) -> None:
    send(bot, "voice", ("v.oga", b"OggS"), duration="3")
    assert bot.updates()[0]["message"]["voice"]["duration"] == 3


def test_what_is_no_picture_cannot_be_a_photo(bot: Bot) -> None:
    refused = bot.upload("sendPhoto", {"photo": ("p.png", b"no picture")}, chat_id=MEI)
    assert refused["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    long = PNG[:16] + (2100).to_bytes(4, "big") + (100).to_bytes(4, "big")
    refused = bot.upload("sendPhoto", {"photo": ("p.png", long)}, chat_id=MEI)
    assert refused["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


def test_sending_again_by_file_id(bot: Bot) -> None:
    sent = bot.upload("sendDocument", {"document": ("r.csv", b"a")}, chat_id=MEI)["result"]
    again = bot.call("sendDocument", chat_id=MEI, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]
    assert bot.refused("sendPhoto", chat_id=MEI, photo=sent["document"]["file_id"]) == (
        "400 Bad Request: can't use file of type Document as Photo"
    )


def test_files_that_are_not_there(bot: Bot) -> None:
    def refusal(**params: object) -> str:
        return bot.refused("sendDocument", chat_id=MEI, **params)

    assert refusal() == "400 Bad Request: there is no document in the request"
    assert refusal(document="x") == "400 Bad Request: wrong file identifier/HTTP URL specified"
    assert (
        refusal(document="http://a.example/x") == "400 Bad Request: failed to get HTTP URL content"
    )
    assert "not in the request" in refusal(document="attach://x")
    assert bot.refused("getFile", file_id="x") == (
        "400 Bad Request: wrong file_id or the file is temporarily unavailable"
    )
    assert bot.request("GET", f"/file/bot{bot.telegram.token}/documents/x").status_code == 404
    assert bot.request("GET", "/file/bot1:wrong/documents/x").status_code == 401


def test_limits_of_size(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.methods.files.DOWNLOAD_LIMIT", 10)
    monkeypatch.setattr("sandbox.files.UPLOAD_LIMIT", 100)
    send(bot, "document", ("a.bin", b"x" * 11))
    file_id = bot.updates()[0]["message"]["document"]["file_id"]
    assert bot.refused("getFile", file_id=file_id) == "400 Bad Request: file is too big"
    too_big = bot.upload("sendDocument", {"document": ("a.bin", b"x" * 101)}, chat_id=MEI)
    assert (too_big["error_code"], too_big["description"]) == (413, "Request Entity Too Large")
    empty = bot.upload("sendDocument", {"document": ("a.bin", b"")}, chat_id=MEI)
    assert empty["description"] == "Bad Request: file must be non-empty"


def test_the_page_gets_files_that_cannot_run(bot: Bot) -> None:
    send(bot, "document", ("x.html", b"<script>alert(1)</script>"))
    url = bot.sees()[0]["document"]["url"]
    headers = bot.request("GET", url).headers
    assert (headers["x-content-type-options"], headers["content-security-policy"]) == (
        "nosniff",
        "sandbox",
    )


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PNG, ("image/png", 800, 600)),
        (JPEG, ("image/jpeg", 300, 100)),
        (b"GIF89a\x02\x00\x01\x00", ("image/gif", 2, 1)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x09\0\0\x04\0\0", ("image/webp", 10, 5)),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + b"\x0a\x00\x05\x00", ("image/webp", 10, 5)),
        (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x09\x00\x01\x00", ("image/webp", 10, 5)),
        (b"%PDF-1.7", None),
        (b"", None),
        (b"\xff\xd8\xff", None),
    ],
)
def test_sizes_of_pictures(content: bytes, size: tuple[str, int, int] | None) -> None:
    assert picture_size(content) == size


def test_other_things_that_people_send(bot: Bot) -> None:
    bot.act(f"people/{MEI}/location", latitude=31.2, longitude=121.5)
    bot.act(f"people/{MEI}/contact")
    bot.act(f"people/{MEI}/contact", contact={"phone_number": "138", "first_name": "张"})
    bot.act(f"people/{MEI}/forward", name="王强", text="贷款")
    bot.act(f"people/{MEI}/forward", name="Li", text="loan", user_id=77)
    said = bot.say("hello", TOM)
    bot.act(f"people/{MEI}/forward", from_chat=TOM, message_id=said["message_id"])
    messages = [update["message"] for update in bot.updates()]
    assert messages[0]["location"]["latitude"] == 31.2
    assert messages[1]["contact"]["user_id"] == MEI
    assert messages[2]["contact"] == {"phone_number": "138", "first_name": "张"}
    origins = [message.get("forward_origin", {}) for message in messages]
    assert (origins[3]["type"], origins[3]["sender_user_name"]) == ("hidden_user", "王强")
    assert origins[4]["sender_user"] == {"id": 77, "is_bot": False, "first_name": "Li"}
    assert origins[6]["sender_user"]["username"] == "tom_b"


def test_protected_messages_stay_where_they_are(bot: Bot) -> None:
    sent = bot.call("sendMessage", chat_id=MEI, text="x", protect_content=True)
    body = {"from_chat": MEI, "message_id": sent["message_id"]}
    answer = bot.request("POST", f"/sandbox/people/{MEI}/forward", json=body)
    assert answer.status_code == 400
    assert "protected" in answer.json()["error"]
