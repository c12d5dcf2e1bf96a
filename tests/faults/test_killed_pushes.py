"""Faults 5 and 6, and presses: killed around a push, and around the press that finishes it."""

import pytest

from sandbox.client import Message, Person
from storage.contacts import Contact
from storage.followups import FollowUp
from tests.faults.harness import Program, Town, until

REPEAT = "(possible repeat)"
PUSH = "⏰ Acme Ltd"


def planned(town: Town) -> Person:
    """Amy has a call on Tuesday at three."""
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    first = town.run()
    phone.say("call Acme Tue 3pm")
    phone.expect("Planned: Acme Ltd")
    town.settled()
    first.kill()
    return phone


def pushes(phone: Person) -> list[Message]:
    return [m for m in phone.messages() if m.from_bot and m.text.startswith(PUSH)]


def killed_pushing(town: Town, failpoint: str) -> list[Message]:
    """A push through a kill and a restart; returns the pushes that came."""
    phone = planned(town)
    town.at(2026, 11, 24, 15, 0, 1)
    dying = Program(town.folder, town.environment({"ROUNDS_FAILPOINT": failpoint}), 9)
    dying.dies()
    town.run()
    until(lambda: town.notices("followup", state="sent"), "the push is sent and settled")
    phone.expect("Morning digest", any_time=True)
    phone.nothing_new(1.2)
    (notice,) = town.notices("followup")
    assert notice.lease_owner is None
    town.intact()
    return pushes(phone)


@pytest.mark.parametrize("failpoint", ["after-claim", "before-push"])
def test_05_killed_after_the_claim_before_the_send(town: Town, failpoint: str) -> None:
    """A process that starts alone frees the lease at once. Fails without ``free_leases``."""
    assert len(killed_pushing(town, failpoint)) == 1


def test_06_killed_after_telegram_accepted_before_settling(town: Town) -> None:
    """One repeat at most, and it says so. Fails when ``claim`` does not set ``in_flight``."""
    first, *repeats = killed_pushing(town, "after-push")
    assert REPEAT not in first.text
    assert [REPEAT in message.text for message in repeats] == [True]


@pytest.mark.parametrize("failpoint", ["mid-handler", "before-reply", "after-reply"])
def test_a_press_through_a_kill_has_one_effect(town: Town, failpoint: str) -> None:
    """Faults 3 and 4 for a button. Fails when ``UpdateDesk.write`` ignores the stored reply."""
    phone = planned(town)
    town.at(2026, 11, 24, 15, 0, 1)
    dying = town.run(failpoint)
    push = phone.expect(PUSH)
    phone.press("📞 Called", push, wait=False)
    dying.dies()
    town.run()
    phone.expect("Logged: Call · Acme Ltd")
    town.settled()
    assert town.count(Contact) == 1
    assert town.count(FollowUp, FollowUp.state == "done") == 1
    town.intact()


def test_a_text_that_waits_for_a_choice_survives_a_kill(town: Town) -> None:
    """A draft is a row. Fails when ``_resume`` takes up nothing."""
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Stellar Optics Ltd", "Stellar Foods Ltd")
    dying = town.run("before-reply")
    phone.say("visited Stellar, wants a quote")
    dying.dies()
    town.run()
    question = phone.expect("1. Stellar")
    phone.press(next(b.text for b in question.buttons if "Foods" in b.text), question)
    phone.expect("Logged: Visit · Stellar Foods Ltd")
    assert [c.note for c in town.contacts()] == ["visited Stellar, wants a quote"]
    town.intact()
