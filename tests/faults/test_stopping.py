"""Fault 10: SIGTERM under load; and two programs on one database."""

from storage.inbox import Received
from storage.outbox import Notice
from tests.faults.harness import Town, until

PEOPLE = 12
EACH = 8


def test_10_sigterm_under_load_loses_nothing(town: Town) -> None:
    """Out within 10 s with code 0, and what was not done is done by the next one.

    Fails when ``Intake.drain`` is left out and the process waits for every answer instead.
    """
    phones = [town.join(2000 + n, f"Amy{n}", lang="en") for n in range(PEOPLE)]
    for n in range(PEOPLE):
        town.owns(f"Amy{n}", "Acme Ltd")
    first = town.run()
    for turn in range(EACH):
        for phone in phones:
            phone.say(f"visited Acme, loan {turn + 1}M discussed")
    phones[0].expect("Logged")
    code, seconds = first.terminate()
    assert (code, seconds < 10) == (0, True), first.said()
    assert "Traceback" not in first.said()
    town.run()
    town.settled()
    until(lambda: len(town.contacts()) == PEOPLE * EACH, "everything is logged")
    assert town.count(Received) == PEOPLE * EACH
    for phone in phones:
        answers = [m for m in phone.messages() if m.from_bot and "Logged: Visit" in m.text]
        assert len(answers) == EACH
    town.intact()


def test_10_sigterm_among_pushes_sends_each_once(town: Town) -> None:
    """What was begun is finished and settled; the rest is given back.

    Fails when delivery is cancelled in the middle of a send: the push comes twice, marked.
    """
    phones = [town.join(2000 + n, f"Amy{n}", lang="en") for n in range(PEOPLE)]
    first = town.run(ROUNDS_PUSH__PER_SECOND="20")
    for n, phone in enumerate(phones):
        town.owns(f"Amy{n}", f"Acme{n} Ltd")
        phone.say(f"call Acme{n} Tue 3pm")
    for n, phone in enumerate(phones):
        phone.expect(f"Planned: Acme{n} Ltd")
    town.settled()
    town.client.faults.add("hang", "sendMessage", seconds=0.3, times=-1)
    town.at(2026, 11, 24, 15, 0, 1)
    until(lambda: town.count(Notice, Notice.state == "sent") > 0, "the first push is out")
    code, seconds = first.terminate()
    assert (code, seconds < 10) == (0, True), first.said()
    assert town.count(Notice, Notice.lease_owner.is_not(None)) == 0
    town.client.faults.clear()
    town.run()
    until(lambda: len(town.notices("followup", state="sent")) == PEOPLE, "every push is sent")
    for n, phone in enumerate(phones):
        found = [m.text for m in phone.messages() if m.text.startswith(f"⏰ Acme{n} Ltd")]
        assert len(found) == 1
        assert "(possible repeat)" not in found[0]
    town.intact()


def test_10_sigterm_while_telegram_is_silent(small_town: Town) -> None:
    """An answer that hangs does not hold the exit up; it leaves after the restart.

    Fails when ``drain`` waits without a limit.
    """
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.owns("Amy", "Acme Ltd")
    first = small_town.run()
    small_town.client.faults.add("http", "sendMessage", code=502, body="<html>", times=-1)
    phone.say("visited Acme")
    until(lambda: small_town.client.calls("sendMessage"), "an answer is tried")
    code, seconds = first.terminate()
    assert (code, seconds < 10) == (0, True), first.said()
    small_town.client.faults.clear()
    small_town.run()
    phone.expect("Logged: Visit · Acme Ltd")
    small_town.settled()
    assert len(small_town.contacts()) == 1
    small_town.intact()


def test_a_second_run_on_the_same_sqlite_file_is_refused(small_town: Town) -> None:
    """One line and a non-zero exit. Fails without ``Alone._lock_file``."""
    small_town.run()
    second = small_town.shell("run")
    assert second.returncode == 1
    assert second.stderr.splitlines() == ["rounds: another rounds run is using this database"]
