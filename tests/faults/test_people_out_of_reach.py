"""Fault 19: blocked, deactivated, chat not found. Sending stops, data stays, the lead is told."""

import pytest

from domain.people import Role
from storage.followups import FollowUp
from tests.faults.harness import Town, until


@pytest.mark.parametrize("how", ["blocked", "deactivated", "chat not found"])
def test_19_sending_stops_the_data_stays_the_lead_is_told(town: Town, how: str) -> None:
    """Fails when ``Sender.send`` does not tell ``Unreachable`` from ``Refused``."""
    lead = town.join(2010, "Lena", Role.LEAD, lang="en")
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd", "Globex Ltd")
    town.run()
    lead.say("/menu")
    lead.expect("Rounds")
    for when, name in (("3pm", "Acme"), ("4pm", "Globex")):
        phone.say(f"call {name} Tue {when}")
        phone.expect(f"Planned: {name}")
    _out_of_reach(town, how)
    town.at(2026, 11, 24, 15, 0, 1)
    word = "has blocked the bot" if how == "blocked" else "cannot be reached"
    assert "Amy" in lead.expect(word).text
    tried = len(_sends(town))
    town.at(2026, 11, 24, 16, 0, 1)
    until(lambda: not town.notices("followup", state="waiting"), "nothing waits to be sent")
    assert len(_sends(town)) == tried, "nobody knocks at a closed door"
    assert town.person("Amy").unreachable_at is not None
    assert town.count(FollowUp, FollowUp.state == "open") == 2
    town.intact()
    _back(town, how)
    phone.say("/today")
    assert "Acme Ltd" in phone.expect("Today").text
    until(lambda: town.person("Amy").unreachable_at is None, "reachable by writing again")


def _sends(town: Town) -> list[dict[str, object]]:
    calls = town.client.calls("sendMessage")
    return [call for call in calls if str(call["params"]["chat_id"]) == "2001"]


def _out_of_reach(town: Town, how: str) -> None:
    phone = town.client.person(2001)
    if how == "blocked":
        phone.block()
    elif how == "deactivated":
        phone.deactivate()
    else:
        town.client.faults.add(
            "error", "sendMessage", chat_id=2001, code=400, times=-1,
            description="Bad Request: chat not found",
        )  # fmt: skip


def _back(town: Town, how: str) -> None:
    phone = town.client.person(2001)
    if how == "blocked":
        phone.block(False)
    elif how == "deactivated":
        phone.deactivate(False)
    else:
        town.client.faults.clear()
