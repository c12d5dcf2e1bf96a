"""getUpdates, webhooks, getMe."""

import time
from typing import Any

from sandbox.methods.table import Raw, method, waiting_method
from sandbox.parameters import Parameters
from sandbox.records import Json
from sandbox.refusal import Refusal, bad_request
from sandbox.signal import Signal
from sandbox.telegram import Telegram

LONGEST_POLL = 50
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@method("getMe")
def get_me(telegram: Telegram, _: Parameters) -> Json:
    """The bot, with what it can do."""
    return telegram.bot_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut")
@method("close")
def refuse_kindly(_: Telegram, __: Parameters) -> Any:
    """There is no other server to move to."""
    raise bad_request("the sandbox has no cloud to log out of")


@waiting_method("getUpdates", "offset", "limit", "timeout", "allowed_updates")
async def get_updates(telegram: Telegram, p: Parameters) -> Raw:
    """Confirms what lies before `offset`, then waits up to `timeout` seconds for something new."""
    if telegram.webhook.setting.url:
        raise Refusal(409, WEBHOOK_IS_SET)
    telegram.updates.allow(p.array("allowed_updates"))
    telegram.updates.confirm(p.integer("offset"))
    telegram.store.flush()
    limit = min(max(p.integer("limit", 100), 1), 100)
    timeout = min(max(p.integer("timeout"), 0), LONGEST_POLL)
    await _wait(telegram, time.monotonic() + timeout)
    return Raw(telegram.updates.first(limit))


async def _wait(telegram: Telegram, deadline: float) -> None:
    arrived: Signal = telegram.updates.arrived
    mine = telegram.polls = telegram.polls + 1
    arrived.fire()
    while not telegram.updates.waiting and not telegram.closing:
        left = deadline - time.monotonic()
        if left <= 0:
            return
        await arrived.wait(left)
        if telegram.polls != mine:
            raise Refusal(409, OTHER_POLLER)
        if telegram.webhook.setting.url:
            raise Refusal(409, "Conflict: terminated by setWebhook request")


@waiting_method(
    "setWebhook",
    "url",
    "max_connections",
    "allowed_updates",
    "ip_address",
    "drop_pending_updates",
    "secret_token",
)
async def set_webhook(telegram: Telegram, p: Parameters) -> bool:
    """Sets the address to which updates are posted; plain http is fine on one's own machine."""
    telegram.updates.allow(p.array("allowed_updates"))
    if p.flag("drop_pending_updates"):
        telegram.updates.drop_all()
    telegram.webhook.set(
        telegram, p.text("url"), p.text("secret_token"), p.integer("max_connections", 40)
    )
    telegram.updates.arrived.fire()
    return True


@waiting_method("deleteWebhook", "drop_pending_updates")
async def delete_webhook(telegram: Telegram, p: Parameters) -> bool:
    """Removes the address."""
    if p.flag("drop_pending_updates"):
        telegram.updates.drop_all()
    telegram.webhook.set(telegram, "", "", 40)
    return True


@method("getWebhookInfo")
def get_webhook_info(telegram: Telegram, _: Parameters) -> Json:
    """Where updates go and how many wait."""
    setting = telegram.webhook.setting
    info: Json = {
        "url": setting.url,
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates.waiting),
    }
    if setting.url:
        info["max_connections"] = setting.max_connections
    if setting.last_error:
        info |= {
            "last_error_date": setting.last_error_at,
            "last_error_message": setting.last_error,
        }
    if telegram.updates.state.allowed:
        info["allowed_updates"] = telegram.updates.state.allowed
    return info
