"""Faults 29 to 31: clocks that jump, days that are longer or shorter, a program that slept."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.client import Person
from services import people
from tests.faults.harness import Town, until

LONDON = ZoneInfo("Europe/London")
EVERY_DAY = 0b1111111
AT_HALF_PAST_ONE = {
    "ROUNDS_PUSH__DIGEST_AT": "01:30",
    "ROUNDS_PUSH__DIGEST_SPREAD_MINUTES": "0",
    "ROUNDS_PUSH__QUIET_FROM": "00:00",
    "ROUNDS_PUSH__QUIET_UNTIL": "00:00",
}


def sent_digests(town: Town) -> int:
    return len(town.notices("digest", state="sent"))


def quiet(town: Town, phone: Person) -> None:
    """Two ticks of the routines pass, and nothing comes."""
    phone.nothing_new(2.6)


def test_29_a_clock_that_jumps_makes_no_storm(town: Town) -> None:
    """Forward, back and forward again: one push, one digest.

    Fails when one column serves as business time and as lease: each jump frees every lease.
    """
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    town.run()
    phone.say("call Acme Tue 9am")
    phone.expect("Planned: Acme Ltd")
    town.client.faults.add("hang", "sendMessage", seconds=0.5, times=-1)
    town.at(2026, 11, 24, 8, 30)
    for hours in (1, -1, 1, -1, 1, -1, 1):
        town.client.clock.advance(hours * 3600)
    until(lambda: town.notices("followup", state="sent"), "the push is sent")
    until(lambda: sent_digests(town), "the digest is sent")
    town.client.clock.advance(-3600)
    quiet(town, phone)
    town.client.clock.advance(3600)
    quiet(town, phone)
    texts = [m.text for m in phone.messages() if m.from_bot]
    assert sum(text.startswith("⏰ Acme") for text in texts) == 1
    assert sum("Morning digest" in text for text in texts) == 1
    town.intact()


def in_london(town: Town, day: datetime) -> Person:
    """Amy works every day in London and always has something to do."""
    town.client.clock.set(day)
    town.obey(**AT_HALF_PAST_ONE)
    phone = town.join(2001, "Amy", lang="en", zone_name="Europe/London", workdays=EVERY_DAY)
    town.owns("Amy", "Acme Ltd")
    town.run()
    phone.say("visited Acme, follow up tomorrow")
    phone.expect("Logged")
    return phone


def test_30_a_time_that_comes_twice_fires_once(small_town: Town) -> None:
    """25 October 2026 in London has 01:30 twice. Fails when the next one is “in 24 hours”."""
    phone = in_london(small_town, datetime(2026, 10, 24, 12, tzinfo=LONDON))
    small_town.client.clock.set(datetime(2026, 10, 25, 1, 30, 5, tzinfo=LONDON, fold=0))
    phone.expect("Morning digest · Sun 25 Oct 2026")
    small_town.client.clock.set(datetime(2026, 10, 25, 1, 30, 5, tzinfo=LONDON, fold=1))
    quiet(small_town, phone)
    assert sent_digests(small_town) == 1
    small_town.client.clock.set(datetime(2026, 10, 26, 1, 30, 5, tzinfo=LONDON))
    phone.expect("Morning digest · Mon 26 Oct 2026")


def test_30_a_time_that_is_skipped_fires_at_the_end_of_the_gap(small_town: Town) -> None:
    """28 March 2027 in London has no 01:30. Fails when the next one is “in 24 hours”."""
    phone = in_london(small_town, datetime(2027, 3, 27, 12, tzinfo=LONDON))
    small_town.client.clock.set(datetime(2027, 3, 28, 2, 0, 2, tzinfo=LONDON))
    phone.expect("Morning digest · Sun 28 Mar 2027")
    small_town.client.clock.set(datetime(2027, 3, 28, 2, 31, 0, tzinfo=LONDON))
    quiet(small_town, phone)
    assert sent_digests(small_town) == 1


def test_30_a_move_west_brings_no_second_digest_for_the_same_date(small_town: Town) -> None:
    """Eight o'clock comes again in London. Fails when the notice's key has no local date."""
    small_town.obey(ROUNDS_PUSH__DIGEST_SPREAD_MINUTES="0")
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.owns("Amy", "Acme Ltd")
    small_town.run()
    phone.say("visited Acme, follow up Tue")
    phone.expect("Logged")
    small_town.at(2026, 11, 24, 8, 0, 5)
    phone.expect("Morning digest · Tue 24 Nov 2026")
    actor = small_town.person("Amy").as_actor()
    now = small_town.now
    small_town.write(lambda s: people.set_zone(s, actor, "Europe/London", now))
    small_town.client.clock.set(datetime(2026, 11, 24, 8, 0, 5, tzinfo=LONDON))
    phone.expect(lambda m: m.text.startswith("⏰ Acme Ltd"), any_time=True)
    quiet(small_town, phone)
    assert sent_digests(small_town) == 1
    small_town.client.clock.set(datetime(2026, 11, 25, 8, 0, 5, tzinfo=LONDON))
    phone.expect("Morning digest · Wed 25 Nov 2026")


def test_31_asleep_for_two_days(town: Town) -> None:
    """One digest, late ones labelled, none dropped.

    Fails when a routine owes every occurrence that it slept over, or drops what is late.
    """
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd", "Globex Ltd", "Initech Ltd")
    first = town.run()
    for name, when in (("Acme", "Tue 9am"), ("Globex", "Tue 5pm"), ("Initech", "Wed 10am")):
        phone.say(f"call {name} {when}")
        phone.expect(f"Planned: {name}")
    town.settled()
    assert first.terminate()[0] == 0
    town.at(2026, 11, 25, 10, 0, 0)
    town.run()
    until(lambda: len(town.notices("followup", state="sent")) == 3, "all three are sent")
    until(lambda: sent_digests(town) == 1, "the digest is sent")
    quiet(town, phone)
    texts = [m.text for m in phone.messages() if m.from_bot]
    assert sum("Morning digest · Wed 25 Nov 2026" in text for text in texts) == 1
    assert sum("Morning digest" in text for text in texts) == 1
    for name, late in (("Acme", True), ("Globex", True), ("Initech", False)):
        (push,) = [text for text in texts if text.startswith(f"⏰ {name} Ltd")]
        assert ("late reminder" in push) is late
    town.intact()


def test_31_the_next_morning_is_as_usual(small_town: Town) -> None:
    """Fails when the next occurrence is computed from the one that was slept over."""
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.owns("Amy", "Acme Ltd")
    first = small_town.run()
    phone.say("visited Acme, follow up tomorrow")
    phone.expect("Logged")
    first.terminate()
    small_town.at(2026, 11, 25, 12, 0, 0)
    small_town.run()
    phone.expect("Morning digest · Wed 25 Nov 2026")
    small_town.at(2026, 11, 26, 8, 21, 0)
    phone.expect("Morning digest · Thu 26 Nov 2026")
