"""Fault 18 for pushes: one that cannot be made or sent is parked; the others go on."""

import json

from domain.people import Role
from storage.outbox import owe
from tests.faults.harness import Town, until


def test_18_a_push_that_cannot_be_made_is_parked_told_listed_and_retried(town: Town) -> None:
    """Fails when ``Delivery._deliver`` lets the error out, or ``outbox.retry`` leaves it parked."""
    boss = town.join(2009, "Root", Role.ADMIN, lang="en")
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    town.run()
    boss.say("/menu")
    boss.expect("Rounds")
    phone.say("call Acme Tue 3pm")
    phone.expect("Planned: Acme Ltd")
    reader, now = town.person("Amy").id, town.now
    town.write(lambda s: owe(s, "broken", "a kind that nobody renders", reader, now))
    (parked,) = until(lambda: town.notices("a kind that nobody renders", state="parked"), "parked")
    boss.expect(f"set aside (reference N{parked.id})")
    (row,) = json.loads(town.shell("outbox", "list", "--json").stdout)
    assert (row["id"], row["kind"]) == (f"N{parked.id}", "a kind that nobody renders")
    assert town.shell("outbox", "retry", row["id"]).stdout == f"{row['id']} will be tried again\n"
    until(lambda: town.notices(parked.kind)[0].attempt == 2, "tried again")
    unknown = town.shell("outbox", "retry", "N99999")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr == "rounds: N99999 is not set aside\n"
    town.at(2026, 11, 24, 15, 0, 1)
    phone.expect("⏰ Acme Ltd")


def test_18_a_push_that_telegram_refuses_is_parked(small_town: Town) -> None:
    """Fails when ``Refused`` counts as passing trouble."""
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.owns("Amy", "Acme Ltd", "Globex Ltd")
    small_town.run()
    for name in ("Acme", "Globex"):
        phone.say(f"call {name} Tue 3pm")
        phone.expect(f"Planned: {name}")
    small_town.at(2026, 11, 24, 12, 0, 0)
    phone.expect("Morning digest")
    until(lambda: small_town.notices("digest", state="sent"), "the digest is settled")
    small_town.client.faults.add(
        "error", "sendMessage", code=400, description="Bad Request: can't parse entities"
    )
    small_town.at(2026, 11, 24, 15, 0, 1)
    until(lambda: len(small_town.notices("followup", state="parked")) == 1, "one is parked")
    until(lambda: len(small_town.notices("followup", state="sent")) == 1, "the other is sent")
