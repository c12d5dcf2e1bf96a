"""The chat page in a real browser, phone-sized and desktop-sized, in both languages."""

import shutil
import struct
import threading
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from sandbox_world import MEI, TOM

from sandbox.client import Client, Message
from sandbox.running import Running
from sandbox.telegram import Telegram

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine"),
    pytest.mark.xdist_group("browser"),
]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SYMBOLS = "✅📞🕒✖↩📋📅🔴🟡🟢⏰🔍📝🎯⚙🏠💡◀▶👤👥🏢📍📎🖼➕✏🗑🔔🔕"
KEYBOARD = {
    "inline_keyboard": [
        [
            {"text": "✅ 已办", "callback_data": "done"},
            {"text": "🕒 稍后", "callback_data": "later"},
        ],
        [
            {"text": "电话", "copy_text": {"text": "13900001111"}},
            {"text": "链接", "url": "https://t.me/rounds_sandbox_bot?start=DEEP"},
        ],
    ]
}
# Draws each character with the page's fonts and tells which drawings are alike.
GLYPHS = """async (letters) => {
  const family = getComputedStyle(document.documentElement).fontFamily;
  await document.fonts.load(`24px ${family}`, letters.join(""));
  const draw = (letter) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 40;
    const pen = canvas.getContext("2d");
    pen.font = `24px ${family}`;
    pen.fillText(letter, 4, 30);
    return canvas.toDataURL();
  };
  const box = draw("\\u{10FFFF}");
  const drawn = letters.map(draw);
  return {
    boxes: letters.filter((_, at) => drawn[at] === box),
    different: new Set(drawn).size,
  };
}"""


def png(width: int = 64, height: int = 48) -> bytes:
    """A real picture, a plain green one."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x0f\x76\x6e" * width) * height
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        ]
    )


class Echo(threading.Thread):
    """A bot over plain HTTP: a card with buttons for a text, an edit for a press."""

    def __init__(self, running: Running) -> None:
        super().__init__(daemon=True)
        self._running, self._client = running, Client(running.url)
        self.ended = threading.Event()

    def call(self, method: str, **params: Any) -> Any:
        url = f"{self._running.url}/bot{self._running.token}/{method}"
        return self._client._http.post(url, json=params).json().get("result")

    def run(self) -> None:
        offset = 0
        while not self.ended.is_set():
            for update in self.call("getUpdates", offset=offset, timeout=1) or []:
                offset = update["update_id"] + 1
                self._answer(update)

    def _answer(self, update: dict[str, Any]) -> None:
        if query := update.get("callback_query"):
            alert = query["data"] == "later"
            text = "稍后提醒" if alert else "已记录"
            self.call(
                "answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=alert
            )
            place = {"chat_id": query["from"]["id"], "message_id": query["message"]["message_id"]}
            self.call("editMessageText", **place, text="办结 ✅")
        elif message := update.get("message"):
            text = f"<b>好的</b> {message.get('text', 'file')}"
            self.call(
                "sendMessage",
                chat_id=message["chat"]["id"],
                text=text,
                parse_mode="HTML",
                reply_markup=KEYBOARD,
            )


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    with Running(Telegram(language="zh")) as running:
        bot = Echo(running)
        bot.start()
        yield running
        bot.ended.set()
        bot.join(5)


def watch(page: Any, url: str) -> list[str]:
    """Opens the chat page; the list gathers errors and requests that go elsewhere."""
    complaints: list[str] = []

    def asked(request: Any) -> None:
        if not request.url.startswith((url, "data:", "blob:")):
            complaints.append(request.url)

    page.set_default_timeout(8000)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", asked)
    page.goto(url)
    page.wait_for_selector("nav.people")
    return complaints


@pytest.fixture(scope="module")
def tab(browser: Any, shared: Running) -> Iterator[tuple[Any, list[str]]]:
    """One tab for all tests, because every new one reads the Chinese font anew."""
    page = browser.new_context().new_page()
    yield page, watch(page, shared.url)
    page.context.close()


@pytest.fixture
def world(shared: Running, client: Client, tab: tuple[Any, list[str]]) -> Running:
    client.reset()
    phones_shown(tab[0], 0)
    client.post(
        "people", id=MEI, first_name="Mei", language_code="zh-hans", start="C0DE", started=True
    )
    client.post("people", id=TOM, first_name="Tom", language_code="en")
    commands = [{"command": "today", "description": "今日要办"}]
    Echo(shared).call("setMyCommands", commands=commands)
    return shared


@pytest.fixture
def page(world: Running, tab: tuple[Any, list[str]]) -> Iterator[Any]:
    page, complaints = tab
    page.set_viewport_size(DESKTOP)
    phones_shown(page, 2)
    yield page
    assert complaints == []


@pytest.fixture
def fresh_page(browser: Any, world: Running) -> Iterator[Any]:
    """A tab of its own, which remembers nothing and is forgotten."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    complaints = watch(page, world.url)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def client(shared: Running) -> Iterator[Client]:
    client = Client(shared.url)
    yield client
    client.close()


def phone(page: Any, person: int) -> Any:
    return page.locator(f'.phone[data-chat="{person}"]')


def phones_shown(page: Any, count: int) -> None:
    from playwright.sync_api import expect

    expect(page.locator(".phone")).to_have_count(count, timeout=8000)


def type_text(page: Any, person: int, text: str) -> None:
    field = phone(page, person).locator("textarea")
    field.fill(text)
    field.press("Enter")


def test_typing_and_pressing(page: Any, client: Client) -> None:
    type_text(page, MEI, "拜访 绿源食品")
    mei = phone(page, MEI)
    mei.get_by_role("button", name="✅ 已办").click()
    mei.get_by_text("已记录").wait_for()
    mei.get_by_text("办结 ✅").wait_for()
    mei.get_by_text("已编辑").wait_for()
    assert mei.locator(".keyboard").count() == 0
    assert [message.text for message in client.person(MEI).messages()] == [
        "拜访 绿源食品",
        "办结 ✅",
    ]


def test_alerts_are_closed_by_hand(page: Any) -> None:
    type_text(page, MEI, "hello")
    mei = phone(page, MEI)
    mei.get_by_role("button", name="🕒 稍后").click()
    alert = mei.get_by_role("alertdialog", name="稍后提醒")
    alert.get_by_role("button", name="OK").and_(page.locator(":focus")).wait_for()
    page.keyboard.press("Enter")
    alert.wait_for(state="detached")


def test_start_with_the_payload(page: Any, client: Client) -> None:
    phone(page, MEI).get_by_role("button", name="开始").click()
    phone(page, MEI).get_by_text("好的").wait_for()
    assert client.person(MEI).messages()[0].text == "/start C0DE"


def test_commands_menu_by_keyboard(page: Any, client: Client) -> None:
    field = phone(page, TOM).locator("textarea")
    field.fill("/to")
    phone(page, TOM).get_by_role("option", name="/today 今日要办").wait_for()
    field.press("Enter")
    phone(page, TOM).get_by_text("好的").wait_for()
    assert client.person(TOM).messages()[0].text == "/today"


def test_copying_and_deep_links(page: Any, client: Client) -> None:
    type_text(page, MEI, "hello")
    mei = phone(page, MEI)
    mei.get_by_role("button", name="电话").click()
    mei.get_by_text("已复制: 13900001111").wait_for()
    mei.get_by_role("button", name="链接").click()
    mei.locator(".own").get_by_text("/start DEEP").wait_for()
    assert len(page.context.pages) == 1


def test_editing_replying_deleting(page: Any, client: Client) -> None:
    type_text(page, MEI, "frist")
    mei = phone(page, MEI)
    mei.get_by_text("好的").wait_for()
    own = mei.locator(".line.own").first
    own.hover()
    own.get_by_role("button", name="此消息的操作").click()
    own.get_by_role("menuitem", name="编辑").click()
    field = mei.locator("textarea")
    assert field.input_value() == "frist"
    field.fill("first")
    field.press("Enter")
    own.get_by_text("已编辑").wait_for()
    theirs = mei.locator(".line.theirs").first
    theirs.hover()
    theirs.get_by_role("button", name="此消息的操作").click()
    theirs.get_by_role("menuitem", name="回复").click()
    field.fill("thanks")
    field.press("Enter")
    mei.locator(".own .quote").wait_for()
    own.hover()
    own.get_by_role("button", name="此消息的操作").click()
    own.get_by_role("menuitem", name="删除").click()
    mei.get_by_text("first", exact=True).wait_for(state="detached")
    replied = next(m for m in client.person(MEI).messages() if m.text == "thanks")
    assert replied.view["reply_to"] is not None


def test_pictures_both_ways(page: Any, client: Client) -> None:
    mei = phone(page, MEI)
    picture = {"name": "site.png", "mimeType": "image/png", "buffer": png()}
    mei.locator('input[accept="image/*"]').set_input_files([picture])
    mei.locator(".own .picture img").wait_for()
    mei.get_by_text("好的 file").wait_for()
    loaded = "image => image.decode().then(() => image.naturalWidth)"
    assert mei.locator(".own .picture img").evaluate(loaded) == 64
    mei.get_by_role("button", name="查看大图").click()
    page.get_by_role("dialog").locator("img").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    assert client.person(MEI).messages()[0].file is not None


def test_sharing_places_contacts_strangers(page: Any, client: Client) -> None:
    mei = phone(page, MEI)

    def choose(name: str) -> Any:
        mei.get_by_role("button", name="附件").click()
        mei.get_by_role("menuitem", name=name).click()
        return mei.get_by_role("dialog")

    choose("位置").get_by_role("button", name="发送").click()
    mei.get_by_text("31.23945, 121.49987").wait_for()
    dialog = choose("名片")
    dialog.get_by_label("姓名").fill("张三")
    dialog.get_by_label("电话").fill("13800001111")
    dialog.get_by_role("button", name="发送").click()
    mei.get_by_text("13800001111").wait_for()
    dialog = choose("转发陌生人的消息")
    dialog.get_by_label("原发送人").fill("王强")
    dialog.get_by_label("原消息内容").fill("想了解贷款")
    dialog.get_by_label("隐藏其账号").check()
    dialog.get_by_role("button", name="转发").click()
    mei.get_by_text("转发自 王强").wait_for()
    own = [message.raw for message in client.person(MEI).messages() if not message.from_bot]
    assert [sorted({"location", "contact", "forward_origin"} & raw.keys()) for raw in own] == [
        ["location"],
        ["contact"],
        ["forward_origin"],
    ]


def test_the_clock_moves(page: Any, client: Client) -> None:
    page.get_by_role("button", name="+1 小时").click()
    page.get_by_text("快 1 小时").wait_for()
    page.get_by_role("button", name="次日早晨").click()
    page.get_by_text("07:59:5").wait_for()
    page.get_by_role("button", name="回到真实时间").click()
    page.get_by_text("真实时间", exact=True).wait_for()
    assert client.get("clock")["offset"] == 0


def test_unread_marks(page: Any, client: Client) -> None:
    type_text(page, MEI, "hello")
    phone(page, MEI).get_by_text("好的").wait_for()
    client.person(TOM).say("hi")
    tom = phone(page, TOM)
    tom.get_by_text("新消息").wait_for()
    tom.get_by_label("1 条未读").wait_for()
    tom.locator(".list").click()
    tom.get_by_label("1 条未读").wait_for(state="detached")
    assert tom.locator(".new").count() == 0


def test_silent_protected_keyboard_of_the_bot(page: Any, world: Running, client: Client) -> None:
    bot = Echo(world)
    keys = {
        "keyboard": [[{"text": "分享号码", "request_contact": True}]],
        "one_time_keyboard": True,
    }
    flags = {"disable_notification": True, "protect_content": True}
    bot.call("sendMessage", chat_id=MEI, text="号码？", reply_markup=keys, **flags)
    mei = phone(page, MEI)
    mei.get_by_label("静默发送").wait_for()
    mei.get_by_label("受保护：不能转发或复制").wait_for()
    line = mei.locator(".line.theirs").first
    line.hover()
    line.get_by_role("button", name="此消息的操作").click()
    assert line.get_by_role("menuitem", name="转发").is_disabled()
    page.keyboard.press("Escape")
    mei.get_by_role("button", name="分享号码").click()
    mei.locator(".own .document").wait_for()
    mei.get_by_role("button", name="分享号码").wait_for(state="detached")


def test_typing_is_shown_and_ends_with_the_message(page: Any, world: Running) -> None:
    bot = Echo(world)
    bot.call("sendChatAction", chat_id=MEI, action="typing")
    phone(page, MEI).get_by_text("正在输入…").wait_for()
    bot.call("sendMessage", chat_id=MEI, text="here")
    phone(page, MEI).get_by_text("正在输入…").wait_for(state="detached")


def test_languages_and_choices_are_remembered(fresh_page: Any) -> None:
    page = fresh_page
    page.get_by_role("button", name="Show this page in English").click()
    page.get_by_role("button", name="Hide Tom").click()
    phone(page, TOM).wait_for(state="detached")
    page.reload()
    page.get_by_role("button", name="Show Tom").wait_for()
    assert phone(page, MEI).get_by_placeholder("Write a message…").is_visible()
    assert page.locator(".phone").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"


def test_phone_sized_shows_one_at_a_time(page: Any, client: Client) -> None:
    page.set_viewport_size(PHONE)
    phones_shown(page, 1)
    page.get_by_role("button", name="显示 Tom").click()
    type_text(page, TOM, "hello from a phone")
    phone(page, TOM).get_by_text("好的").wait_for()
    page.get_by_role("button", name="调整时间").click()
    page.get_by_role("button", name="+15 分钟").click()
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    field = phone(page, TOM).locator("textarea").bounding_box()
    assert field["y"] + field["height"] <= PHONE["height"]
    assert client.get("clock")["offset"] == pytest.approx(900, abs=1)


def test_chinese_and_emoji_are_really_drawn(page: Any) -> None:
    letters = [*"行客拜访续贷龘", *SYMBOLS]
    found = page.evaluate(GLYPHS, letters)
    assert found["boxes"] == []
    assert found["different"] == len(letters)


def test_the_pages_own_words_are_drawn_too(fresh_page: Any) -> None:
    # Texts drawn before the web font arrived would stay boxes, all of the same width and look.
    button = fresh_page.get_by_role("button", name="次日早晨")
    before = button.screenshot()
    button.evaluate("(b) => { b.textContent = '早次晨日'; }")
    assert button.screenshot() != before


def test_what_is_there_when_the_page_opens_is_drawn_too(browser: Any, world: Running) -> None:
    keys = {"inline_keyboard": [[{"text": letter, "callback_data": letter} for letter in "✅❌"]]}
    Echo(world).call("sendMessage", chat_id=MEI, text="✅", reply_markup=keys)
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    assert watch(page, world.url) == []
    looks = [page.locator(".key span").nth(place).screenshot() for place in (0, 1)]
    context.close()
    assert looks[0] != looks[1]


def test_two_pages_show_the_same(page: Any, world: Running, client: Client) -> None:
    other = page.context.new_page()
    other.goto(world.url)
    other.wait_for_selector(".phone")
    type_text(page, MEI, "hello")
    phone(other, MEI).get_by_text("好的").wait_for()
    other.close()


def test_blocked_and_back(page: Any, client: Client) -> None:
    client.person(MEI).block()
    mei = phone(page, MEI)
    mei.get_by_text("你已屏蔽机器人。").wait_for()
    mei.get_by_role("button", name="解除屏蔽").click()
    mei.locator("textarea").wait_for()


def test_everything_has_a_name(page: Any) -> None:
    type_text(page, MEI, "hello")
    phone(page, MEI).get_by_text("好的").wait_for()
    nameless = """() => [...document.querySelectorAll("button, input, textarea, select")]
      .filter((one) => !one.hidden && !one.textContent.trim() && !one.getAttribute("aria-label")
        && !one.labels?.length).map((one) => one.outerHTML)"""
    assert page.evaluate(nameless) == []


def test_words_exist_in_both_languages(page: Any) -> None:
    script = """async () => {
      const { WORDS } = await import("/page/words.js");
      return [Object.keys(WORDS.en).sort(), Object.keys(WORDS.zh).sort()];
    }"""
    english, chinese = page.evaluate(script)
    assert english == chinese


def test_html_from_the_bot_cannot_run(page: Any, world: Running) -> None:
    bot = Echo(world)
    text = "&lt;img src=x onerror=\"document.title='hacked'\"&gt;"
    sent: Message | None = bot.call("sendMessage", chat_id=MEI, text=text, parse_mode="HTML")
    assert sent is not None
    phone(page, MEI).get_by_text("<img src=x").wait_for()
    assert page.locator(".text img").count() == 0
