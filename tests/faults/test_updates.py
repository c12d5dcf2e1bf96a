"""Faults 14 to 18: updates that come twice, out of order, with strange ids, or poisoned."""

import itertools
import json

from sqlalchemy import select, text

from domain.people import Role
from sandbox.client import Person
from storage.contacts import Contact
from storage.followups import FollowUp
from storage.inbox import Received
from tests.faults.harness import Town, until


def amy(town: Town) -> Person:
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    town.run(ROUNDS_TELEGRAM__POLL_SECONDS="1")
    return phone


def between_polls(town: Town) -> None:
    """Wait until the program has no request open and rests before the next.

    What comes in now is seen by a request that was made knowing nothing of it: an old offset in
    that request would confirm it unseen.
    """
    town.client.faults.bad_gateway("getUpdates")
    until(lambda: not town.client.get("faults")["faults"], "the poll has failed")


def test_14_the_same_update_five_times_has_one_effect(town: Town) -> None:
    """Fails when ``inbox.keep`` has no unique identity to collide with."""
    phone = amy(town)
    phone.say("visited Acme, loan 2M discussed")
    phone.expect("Logged: Visit")
    town.settled()
    town.client.updates.repeat(times=4)
    town.settled()
    phone.say("/today")
    phone.expect("Today")
    town.settled()
    assert town.count(Contact) == 1
    assert town.count(Received) == 2
    assert sum("Logged" in m.text for m in phone.messages() if m.from_bot) == 1
    town.intact()


def test_14_repeats_one_by_one_do_not_lose_later_updates(town: Town) -> None:
    """Fails when a few repeats make the intake send its old offset for ever: ids that go
    backwards are then confirmed unseen."""
    phone = amy(town)
    phone.say("visited Acme")
    phone.expect("Logged: Visit")
    for _ in range(3):
        town.settled()
        town.client.updates.repeat()
    town.settled()
    town.client.updates.set_next_id(100_000_001)
    between_polls(town)
    phone.say("called Acme, all fine")
    phone.expect("Logged: Call")
    assert town.count(Contact) == 2
    town.intact()


def test_15_a_press_under_a_new_update_id_and_a_double_tap_have_one_effect(town: Town) -> None:
    """Fails when ``followups.act`` does not compare the version that the button carries."""
    phone = amy(town)
    phone.say("call Acme Tue 3pm")
    phone.expect("Planned")
    town.at(2026, 11, 24, 15, 0, 1)
    push = phone.expect("⏰ Acme Ltd")
    data = next(b.data for b in push.buttons if "Called" in b.text)
    assert data is not None
    phone.press_data(data, push, wait=False)
    phone.press_data(data, push, wait=False)
    town.client.updates.repeat(times=2, fresh_ids=True)
    phone.expect("Logged: Call · Acme Ltd")
    town.settled()
    assert town.count(Contact) == 1
    assert town.count(FollowUp, FollowUp.state == "done") == 1
    town.intact()


def test_16_a_message_its_edit_and_a_press_in_every_order(small_town: Town) -> None:
    """State is checked, the answer is kind, nothing is lost or parked.

    Fails when an edit that overtakes its message is dropped.
    """
    phone = amy(small_town)
    phone.say("/menu")
    menu = phone.expect("Rounds")
    data = menu.buttons[0].data
    assert data is not None
    small_town.settled()
    for turn, order in enumerate(itertools.permutations(range(3)), 1):
        small_town.client.updates.hold()
        said = phone.say(f"visited Acme, loan {turn}M discussed")
        phone.edit(said, f"visited Acme, loan {turn}0M discussed")
        phone.press_data(data, menu, wait=False)
        small_town.client.updates.release(order)
        small_town.settled()
        assert small_town.contacts()[-1].note == f"visited Acme, loan {turn}0M discussed", order
        assert small_town.count(Contact) == turn, order
    small_town.intact()


def test_17_ids_that_reset_go_back_or_leap_are_processed(town: Town) -> None:
    """Fails when the offset is kept after a confirmation, or an id alone is the identity."""
    phone = amy(town)
    ids = (100_000_005, 100_000_001, 1, 2**62, 1)
    for turn, next_id in enumerate(ids):
        town.client.updates.set_next_id(next_id)
        between_polls(town)
        phone.say(f"visited Acme, round {turn}")
        phone.expect("Logged")
        town.settled()
    assert town.count(Contact) == len(ids)
    town.intact()


POISON = {
    "a message without a chat": {"message": {"message_id": 1, "date": 0, "text": "x"}},
    "a message that is a list": {"message": [1, 2, 3]},
    "a date that is a word": {
        "message": {
            "message_id": 1, "date": "tomorrow", "text": "visited Acme",
            "chat": {"id": 2001, "type": "private", "first_name": "Amy"},
            "from": {"id": 2001, "is_bot": False, "first_name": "Amy"},
        }
    },
    "an account number of eighty bits": {
        "message": {
            "message_id": 1, "date": 1, "text": "visited Acme",
            "chat": {"id": 2**80, "type": "private", "first_name": "Amy"},
            "from": {"id": 2**80, "is_bot": False, "first_name": "Amy"},
        }
    },
    "a press without data or message": {
        "callback_query": {
            "id": "1", "chat_instance": "1",
            "from": {"id": 2001, "is_bot": False, "first_name": "Amy"},
        }
    },
    "nothing that we know": {"brand_new_thing": {"a": 1}},
}  # fmt: skip


def test_18_poison_stops_nobody(town: Town) -> None:
    """Kept raw; the chat and the others go on. Fails when ``Intake._handle`` lets errors out."""
    phone = amy(town)
    for poison in POISON.values():
        town.client.updates.inject(update=poison)
    phone.say("visited Acme")
    phone.expect("Logged: Visit")
    town.settled()
    raws = town.read(lambda s: list(s.scalars(select(Received.raw).order_by(Received.id))))
    found = [json.loads(raw) for raw in raws]
    kept = [{k: v for k, v in update.items() if k != "update_id"} for update in found]
    assert kept[: len(POISON)] == list(POISON.values())
    assert town.programs[-1].alive


def test_18_poison_is_parked_told_listed_and_tried_again(town: Town) -> None:
    """The administrator is told, ``rounds outbox list`` shows it, ``retry`` takes it up anew.

    Fails when ``Intake._park`` does not alert, or ``inbox.retry`` leaves the row parked.
    """
    boss = town.join(2009, "Root", Role.ADMIN, lang="en")
    phone = amy(town)
    boss.say("/menu")
    boss.expect("Rounds")
    town.client.updates.inject(update=POISON["a date that is a word"])
    alert = boss.expect("set aside (reference U2)")
    assert "rounds outbox list" in alert.text
    phone.say("visited Acme")
    phone.expect("Logged: Visit")
    listed = json.loads(town.shell("outbox", "list", "--json").stdout)
    assert [(row["id"], row["kind"]) for row in listed] == [("U2", "update")]
    assert "U2" in town.shell("outbox", "list").stdout
    again = town.shell("outbox", "retry", "U2")
    assert (again.returncode, again.stderr) == (0, "")
    assert json.loads(town.shell("outbox", "list", "--json").stdout) == []
    town.programs[-1].terminate()
    town.run()
    until(lambda: town.count(Received, Received.state == "parked") == 1, "tried, and parked again")


def test_18_a_handler_that_raises_is_answered_kindly(town: Town) -> None:
    """The person gets a reference, the message is kept; mended and retried, it has its effect.

    Fails when ``guarded`` swallows the error, or the row is settled as done.
    """
    boss = town.join(2009, "Root", Role.ADMIN, lang="en")
    phone = amy(town)
    boss.say("/menu")
    boss.expect("Rounds")
    broken = "ALTER TABLE contact RENAME COLUMN note TO note_gone"
    mended = "ALTER TABLE contact RENAME COLUMN note_gone TO note"
    town.write(lambda s: s.execute(text(broken)))
    phone.say("visited Acme, loan 2M discussed")
    answer = phone.expect("went wrong")
    assert "Your message is kept" in answer.text
    boss.expect("set aside")
    town.write(lambda s: s.execute(text(mended)))
    phone.say("/menu")
    phone.expect("Rounds")
    (row,) = json.loads(town.shell("outbox", "list", "--json").stdout)
    assert town.shell("outbox", "retry", row["id"]).returncode == 0
    town.programs[-1].terminate()
    town.run()
    phone.expect("Logged: Visit · Acme Ltd")
    town.settled()
    town.intact()
