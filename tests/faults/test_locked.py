"""Fault 25: another process holds the database; nobody notices but for a pause."""

import subprocess
import sys
import time
from pathlib import Path

from tests.faults.harness import Town

HOLD_SECONDS = 5
SQLITE = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
held.execute("ROLLBACK")
"""
POSTGRES = """
import psycopg, sys, time
with psycopg.connect(sys.argv[1]) as held:
    held.execute("LOCK TABLE inbox, contact IN ACCESS EXCLUSIVE MODE")
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def test_25_database_locked_for_five_seconds(town: Town) -> None:
    """No error, an answer within 10 s.

    Two protections, either of which is enough: the busy time-out, and trying again. Fails on SQLite
    when ``BUSY_SECONDS`` is 0 and ``Intake.run`` lets database errors out.
    """
    phone = town.join(2001, "Amy", lang="en")
    town.owns("Amy", "Acme Ltd")
    program = town.run()
    is_sqlite = town.database.is_sqlite
    place = str(Path(town.folder / "rounds.sqlite")) if is_sqlite else town.url
    script = SQLITE if is_sqlite else POSTGRES
    with subprocess.Popen(
        [sys.executable, "-c", script, place, str(HOLD_SECONDS)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        said_at = time.monotonic()
        phone.say("visited Acme, loan 2M discussed")
        phone.expect("Logged: Visit", timeout=10)
        assert HOLD_SECONDS - 1 < time.monotonic() - said_at < 10
    town.settled()
    assert len(town.contacts()) == 1
    assert "Traceback" not in program.said()
    town.intact()
