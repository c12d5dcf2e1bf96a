"""The client that tests use, against an unmodified bot library."""

import asyncio
import threading
from collections.abc import AsyncIterator

import httpx
import pytest
from sandbox_world import MEI, PNG, TOM
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, Forbidden, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from sandbox.client import Client, NotSeen, Person, SandboxError
from sandbox.running import Running

BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("✅ Done", callback_data="done")],
        [
            InlineKeyboardButton("🕒 Later", callback_data="later"),
            InlineKeyboardButton("📞", copy_text=CopyTextButton("139")),
        ],
    ]
)


async def _on_message(update: Update, _: object) -> None:
    message = update.effective_message
    assert message is not None
    if update.edited_message:
        await message.reply_text(f"edited to {message.text}")
    elif message.document:
        content = await (await message.document.get_file()).download_as_bytearray()
        await message.reply_document(bytes(content), filename="back.csv", caption="got it")
    elif message.photo:
        await message.reply_photo(PNG, caption=f"album {message.media_group_id}")
    elif message.contact:
        await message.reply_text(f"contact {message.contact.phone_number}")
    elif message.text == "keys":
        keys = [[KeyboardButton("Share", request_contact=True), KeyboardButton("Menu")]]
        await message.reply_text("choose", reply_markup=ReplyKeyboardMarkup(keys))
    elif message.text == "oops":
        await message.delete()
    elif message.text != "silence":
        await message.reply_html(f"<b>{message.text}</b> 😀", reply_markup=BUTTONS)


async def _on_press(update: Update, _: object) -> None:
    query = update.callback_query
    assert query is not None
    if query.data != "done":
        await query.answer(f"what is {query.data}?", show_alert=True)
        return
    await query.answer("noted")
    await query.edit_message_text("all done")


@pytest.fixture
async def app(running: Running) -> AsyncIterator[Application]:
    builder = Application.builder().token(running.token).base_url(f"{running.url}/bot")
    app = builder.base_file_url(f"{running.url}/file/bot").build()
    app.add_handler(CallbackQueryHandler(_on_press))
    app.add_handler(MessageHandler(filters.ALL, _on_message))
    async with app:
        await app.start()
        await app.updater.start_polling(timeout=5)
        yield app
        await app.updater.stop()
        await app.stop()


@pytest.fixture
def mei(client: Client) -> Person:
    return client.person(MEI)


async def test_a_whole_conversation(app: Application, mei: Person, client: Client) -> None:
    def talk() -> None:
        said = mei.say("hello")
        card = mei.expect("hello")
        assert (card.from_bot, said.from_bot) == (True, False)
        assert card.html == "<b>hello</b> 😀"
        assert card.labels == [["✅ Done"], ["🕒 Later", "📞"]]
        assert card.buttons[2].copy_text == "139"
        toast = mei.press("Done")
        assert toast is not None
        assert (toast.text, toast.alert) == ("noted", False)
        done = mei.expect("all done")
        assert (done.id, done.edited, done.buttons) == (card.id, True, [])
        forged = mei.press_data("forged", card)
        assert forged is not None
        assert (forged.text, forged.alert) == ("what is forged?", True)
        assert mei.toast == forged
        mei.edit(said, "hello again")
        mei.expect("edited to hello again")
        client.wait_idle()

    await asyncio.to_thread(talk)


async def test_files_albums_keyboards(app: Application, mei: Person, client: Client) -> None:
    def talk() -> None:
        mei.send_file("名称\n".encode(), "clients.csv", caption="mine")
        back = mei.expect("got it")
        assert back.file is not None
        assert client.download(back.file["url"]) == "名称\n".encode()
        first, second = mei.album([PNG, PNG], caption="two")
        assert first.view["media_group_id"] == second.view["media_group_id"]
        mei.expect(f"album {first.view['media_group_id']}")
        mei.say("keys")
        mei.expect("choose")
        assert mei.keyboard == [["Share", "Menu"]]
        mei.tap("Share")
        mei.expect("contact +86139")
        mei.tap("Menu")
        mei.expect("Menu")
        oops = mei.say("oops")
        mei.expect_deleted(oops)

    await asyncio.to_thread(talk)


async def test_asyncio_code_waits_without_blocking(app: Application, mei: Person) -> None:
    await mei.aio.say("hello")
    card = await mei.aio.expect(lambda message: message.has_button("Later"))
    toast = await mei.aio.press((1, 0), card)
    assert toast.text == "what is later?"


async def test_the_library_understands_our_refusals(app: Application, mei: Person) -> None:
    await mei.aio.say("silence")
    with pytest.raises(BadRequest, match="Chat not found"):
        await app.bot.send_message(999, "x")
    with pytest.raises(Forbidden, match="bot can't initiate conversation"):
        await app.bot.send_message(TOM, "x")
    await asyncio.to_thread(mei.client.faults.too_many, 3, "sendMessage")
    with pytest.raises(RetryAfter):
        await app.bot.send_message(MEI, "x")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="y" * 65)]])
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await app.bot.send_message(MEI, "x", reply_markup=markup)


def test_what_did_not_come_is_shown_with_the_chat(mei: Person) -> None:
    mei.say("hello?")
    with pytest.raises(NotSeen, match=r"(?s)“world” did not come.*#1 Mei: hello\?"):
        mei.expect("world", timeout=0.05)
    with pytest.raises(NotSeen, match="no message has a button 'Done'"):
        mei.press("Done")
    with pytest.raises(NotSeen, match="written nothing yet"):
        _ = mei.last
    with pytest.raises(NotSeen, match="1 updates are still not confirmed"):
        mei.client.wait_idle(0.05)
    mei.nothing_new(0.05)


def test_a_press_that_nobody_answers(running: Running, client: Client, mei: Person) -> None:
    mei.say("hello")
    with pytest.raises(NotSeen, match="was not answered"):
        mei.press_data("x", 1, timeout=0.05)
    assert mei.press_data("x", 1, wait=False) is None


def test_older_messages_count_only_when_asked(running: Running, mei: Person) -> None:
    def answer(text: str) -> None:
        body = {"chat_id": MEI, "text": text}
        httpx.post(f"{running.url}/bot{running.token}/sendMessage", json=body)

    mei.say("one")
    answer("early")
    mei.say("two")
    with pytest.raises(NotSeen):
        mei.expect("early", timeout=0.05)
    assert mei.expect("early", timeout=0.05, any_time=True).text == "early"
    late = threading.Timer(0.05, answer, ["late"])
    late.start()
    with pytest.raises(AssertionError, match=r"(?s)unexpected.*late"):
        mei.nothing_new(5)
    late.join()


def test_what_a_phone_would_not_do(mei: Person, client: Client) -> None:
    with pytest.raises(SandboxError, match="empty message"):
        mei.say("  ")
    mei.block()
    with pytest.raises(SandboxError, match="blocked"):
        mei.say("x")
    mei.block(False)
    mei.say("x")
    mei.deactivate()
    with pytest.raises(SandboxError, match="deleted"):
        mei.say("x")
    with pytest.raises(SandboxError, match="not found: 5"):
        client.person(5).say("x")
    with pytest.raises(SandboxError, match="not a message of theirs"):
        client.person(TOM).edit(1, "x")


def test_people_can_be_added(client: Client) -> None:
    new = client.add_person(7, "张", language_code="zh-hans")
    new.say("hi")
    assert [person.id for person in client.people()] == [MEI, TOM, 7]


def test_in_a_group(client: Client, mei: Person) -> None:
    in_group = mei.make_group("Team", [client.person(TOM)])
    said = in_group.say("/today")
    tom = client.person(TOM).in_group(in_group.chat_id)
    assert [message.text for message in tom.messages()][-1] == "/today"
    assert said.chat_id == in_group.chat_id
    assert mei.messages() == []
