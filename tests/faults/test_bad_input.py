"""Faults 34 to 36: strange texts stored exactly, bad ones cleaned, forged presses refused."""

import json

from sandbox.client import Person
from storage.contacts import Contact
from storage.inbox import Received
from tests.faults.harness import Town

FAMILY = "👨‍👩‍👧‍👦"
STRANGE = {
    "emoji with joiners": f"visited Acme {FAMILY}{FAMILY} 🏳️‍🌈 👍🏽",
    "right to left": "visited Acme, الحساب الجاري ‏مهم‏ עברית",
    "combining marks": "visited Acme, Zo" + "\u0308" + "e and z" + "\u0335\u0321\u0352" * 40,
    "markup": "visited Acme, <b>loan</b> & 'more' </blockquote> {braces} %s",
    "old Han": "visited Acme, 𠮷野家 㐂 龘 ①",
    "as long as Telegram allows": "visited Acme " + "🙂" * 2041,
}


def amy(town: Town) -> Person:
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    town.run()
    return phone


def test_34_strange_texts_are_stored_exactly_and_answered(town: Town) -> None:
    """Fails when a text is normalised, cut or escaped before it is stored.

    How a long answer is split is tested in ``tests/test_door.py``.
    """
    phone = amy(town)
    for text in STRANGE.values():
        phone.say(text)
        phone.expect("Logged: Visit · Acme Ltd")
    town.settled()
    assert [contact.note for contact in town.contacts()] == list(STRANGE.values())
    for call in town.client.calls("sendMessage"):
        assert call["ok"], call["result"]
    town.intact()


def said_raw(text: str, number: int) -> str:
    """An update with a text in JSON's own escapes."""
    sender = '{"id": 2001, "is_bot": false, "first_name": "Amy", "language_code": "en"}'
    chat = '{"id": 2001, "type": "private", "first_name": "Amy"}'
    return (
        f'{{"update_id": %ID%, "message": {{"message_id": {number}, "date": 1795399200, '
        f'"from": {sender}, "chat": {chat}, "text": "{text}"}}}}'
    )


def test_35_what_no_database_can_store_is_cleaned_at_the_door(town: Town) -> None:
    """The same on both databases. Fails without ``clean``: PostgreSQL refuses NUL, both refuse
    lone surrogates, and the batch is fetched for ever."""
    phone = amy(town)
    wanted = {
        r"visited Acme\u0000, NUL": "visited Acme, NUL",
        r"visited Acme, half \ud83d of a pair": "visited Acme, half � of a pair",
        r"visited Acme, a pair \ud83d\ude42": "visited Acme, a pair 🙂",
        r"visited Acme, \u0007bell\u001b[31m \u009f": "visited Acme, bell[31m ",
        r"visited Acme,\r\ntwo lines\twith a tab": "visited Acme,\ntwo lines\twith a tab",
    }
    phone.say("/menu")
    phone.expect("Rounds")
    for number, raw in enumerate(wanted, 5001):
        town.client.updates.inject(raw=said_raw(raw, number))
    town.settled()
    phone.expect("Logged: Visit")
    notes = [contact.note for contact in town.contacts()]
    assert [note.strip() for note in notes] == [note.strip() for note in wanted.values()]
    town.intact()


def test_36_forged_foreign_stale_and_oversize_presses_change_nothing(town: Town) -> None:
    """Refused and logged, and all alike from outside: no oracle.

    Fails when ``Seal`` leaves the person's account out, or ``guarded`` answers them differently.
    """
    bob = town.join(2002, "Bob", lang="en")
    phone = amy(town)
    bob.say("/menu")
    screen = bob.expect("Rounds")
    phone.say("visited Acme, loan 2M discussed")
    card = phone.expect("Logged: Visit")
    undo = next(b.data for b in card.buttons if "Undo" in b.text)
    assert undo is not None
    forged = {
        "foreign": undo,
        "another body under the same seal": undo.replace("1", "2", 1),
        "without a seal": undo.rpartition(":")[0],
        "an older layout": "0" + undo[1:],
        "nonsense": "\u202e🙂:::",
        "empty parts": "::::",
        "injection": "1u:1' OR 1=1 --:AAAAAAAA",
        "oversize": "1u:" + "9" * 4000,
    }
    seen = set()
    for data in forged.values():
        toast = bob.press_data(data, screen)
        assert toast is not None
        seen.add((toast.text, toast.alert))
        town.settled()
    assert seen == {("That button was out of date; here is the current screen", False)}
    (contact,) = town.contacts()
    assert contact.undone_at is None
    assert town.programs[-1].said().count("press refused") == len(forged)
    town.intact()


def test_36_a_stranger_learns_nothing_from_a_press(small_town: Town) -> None:
    """Fails when a press is opened before it is known who pressed."""
    phone = amy(small_town)
    phone.say("visited Acme")
    card = phone.expect("Logged: Visit")
    small_town.settled()
    press = {
        "callback_query": {
            "id": "77", "chat_instance": "1", "data": card.buttons[0].data,
            "from": {"id": 4242, "is_bot": False, "first_name": "Eve", "language_code": "en"},
        }
    }  # fmt: skip
    before = small_town.count(Contact, Contact.outcome.is_not(None))
    small_town.client.updates.inject(update=press)
    small_town.settled()
    assert small_town.count(Contact, Contact.outcome.is_not(None)) == before
    (answer,) = small_town.client.calls("answerCallbackQuery")
    assert "Acme" not in json.dumps(answer["params"])
    assert small_town.count(Received, Received.state == "parked") == 0


def test_36_a_stale_press_shows_the_present_state(small_town: Town) -> None:
    """The version on the button is old. Fails when ``set_outcome`` does not compare it."""
    phone = amy(small_town)
    phone.say("visited Acme")
    card = phone.expect("Logged: Visit")
    chip = {b.text: b.data for b in card.buttons}
    phone.press("Interested", card)
    phone.expect("Outcome: Interested")
    declined = chip["Declined"]
    assert declined is not None
    phone.press_data(declined, card)
    small_town.settled()
    (contact,) = small_town.contacts()
    assert contact.outcome == "interested"
    small_town.intact()
