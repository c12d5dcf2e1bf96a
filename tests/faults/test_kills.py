"""Faults 1 to 6: the process is killed at a named point; what it had promised still comes true.

Each point was seen to matter: with the protection named in a test's docstring taken out, the test
fails (docs/faults.md says how).
"""

import pytest

from storage.inbox import Received
from tests.faults.harness import Town

# Where the path of one message can be cut; ``a>b`` is the first b after a.
BEFORE_THE_INBOX = ["before-inbox", "before-inbox>before-commit"]
BEFORE_THE_CONFIRMATION = ["before-inbox>after-commit", "before-confirm"]
IN_MID_HANDLER = ["mid-handler", "mid-handler>before-commit"]
BEFORE_THE_REPLY = ["mid-handler>after-commit", "before-reply"]
AFTER_THE_REPLY = ["after-reply", "before-done>before-commit"]
TEXT = "visited Acme, loan 2M discussed, follow up Wed 3pm"


def logged_once(town: Town, failpoint: str) -> int:
    """Log through a kill and a restart; returns how many answers came."""
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    first = town.run(failpoint)
    phone.say(TEXT)
    first.dies()
    town.run()
    phone.expect("Logged: Visit · Acme Ltd")
    town.settled()
    (contact,) = town.contacts()
    assert contact.note == TEXT
    assert town.count(Received) == 1
    town.intact()
    return sum("Logged: Visit" in message.text for message in phone.messages() if message.from_bot)


@pytest.mark.parametrize("failpoint", BEFORE_THE_INBOX)
def test_01_killed_before_the_inbox_commit(town: Town, failpoint: str) -> None:
    """Not confirmed, so delivered again. Fails when the offset is confirmed before the commit."""
    assert logged_once(town, failpoint) == 1


@pytest.mark.parametrize("failpoint", BEFORE_THE_CONFIRMATION)
def test_02_killed_after_the_commit_before_the_confirmation(town: Town, failpoint: str) -> None:
    """Delivered again, and dropped. Fails when ``inbox.identity`` is made from a random number."""
    assert logged_once(town, failpoint) == 1


@pytest.mark.parametrize("failpoint", IN_MID_HANDLER)
def test_03_killed_in_mid_handler(town: Town, failpoint: str) -> None:
    """Rolled back, run again. Fails when ``Intake._resume`` takes up nothing."""
    assert logged_once(town, failpoint) == 1


@pytest.mark.parametrize("failpoint", BEFORE_THE_REPLY)
def test_04_killed_after_the_effects_before_the_reply(town: Town, failpoint: str) -> None:
    """The stored answer leaves; the effect stays single. Fails without ``inbox.answer``."""
    assert logged_once(town, failpoint) == 1


@pytest.mark.parametrize("failpoint", AFTER_THE_REPLY)
def test_04_killed_after_the_reply_before_settling(town: Town, failpoint: str) -> None:
    """The answer may come twice, the effect not. Fails when a stored reply is not looked for."""
    assert logged_once(town, failpoint) in (1, 2)
