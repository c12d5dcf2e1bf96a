"""Answers to pressed buttons and to inline queries."""

from sandbox import formatted, keyboards
from sandbox.methods.table import method
from sandbox.parameters import Parameters
from sandbox.records import Json
from sandbox.refusal import bad_request
from sandbox.telegram import Telegram

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TOAST_LENGTH = 200
MOST_RESULTS = 50
QUERY_SECONDS = 10 * 60


@method("answerCallbackQuery", "callback_query_id", "text", "show_alert", "url", "cache_time")
def answer_callback_query(telegram: Telegram, p: Parameters) -> bool:
    """A toast, an alert or nothing, within 150 seconds of the press (real time)."""
    press = telegram.presses.get(p.text("callback_query_id"))
    if press is None or telegram.clock.real() - press.at > telegram.press_seconds:
        raise bad_request(TOO_OLD)
    text = p.text("text")
    if len(text) > TOAST_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = {"text": text, "show_alert": p.flag("show_alert"), "url": p.text("url")}
    telegram.store.put("press", press.id, press)
    telegram.changes.tell(
        "answer", chat=press.chat, press=press.id, person=press.person, answer=press.answer
    )
    telegram.changes.answers.fire()
    return True


@method(
    "answerInlineQuery",
    "inline_query_id",
    "results",
    "cache_time",
    "is_personal",
    "next_offset",
    "button",
)
def answer_inline_query(telegram: Telegram, p: Parameters) -> bool:
    """Up to 50 results for what somebody types after the bot's name."""
    query = telegram.inline_queries.get(p.text("inline_query_id"))
    if query is None or telegram.clock.real() - query.at > QUERY_SECONDS:
        raise bad_request(TOO_OLD)
    results = p.array("results") or []
    if len(results) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    for result in results:
        _check_result(result)
    query.answer = {
        "results": results,
        "is_personal": p.flag("is_personal"),
        "cache_time": p.integer("cache_time", 300),
        "next_offset": p.text("next_offset"),
        "button": p.object("button"),
    }
    telegram.changes.tell("inline", query=query.id)
    telegram.changes.answers.fire()
    return True


def _check_result(result: Json) -> None:
    if not isinstance(result, dict):
        raise bad_request("inline query result must be an object")
    identifier = result.get("id")
    if not isinstance(identifier, str) or not 1 <= len(identifier.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") != "article":
        raise bad_request("the sandbox takes inline results of type article only")
    if not result.get("title"):
        raise bad_request("RESULT_TITLE_EMPTY")
    content = result.get("input_message_content") or {}
    formatted.message_text(
        content.get("message_text", ""), content.get("parse_mode", ""), content.get("entities")
    )
    if result.get("reply_markup") is not None:
        keyboards.checked(result["reply_markup"], inline_only=True)
