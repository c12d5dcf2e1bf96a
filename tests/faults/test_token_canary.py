"""The token and clients' words are in nothing that the program writes, whatever goes wrong."""

from tests.faults.harness import Town, until
from tests.world import TOKEN

SECRET = TOKEN.partition(":")[2]
NOTE = "visited Acme, the canary sings at midnight"


def test_the_token_is_in_no_line_of_a_whole_run(small_town: Town) -> None:
    """At debug level, through errors of every kind, a crash and a restart.

    Fails when ``Redacting`` does not redact, or ``AiohttpRequest`` passes aiohttp's words on.
    """
    phone = small_town.join(2001, "Amy", lang="en")
    small_town.owns("Amy", "Acme Ltd")
    small_town.more = {"ROUNDS_LOGGING__LEVEL": "debug"}
    small_town.run()
    faults = small_town.client.faults
    faults.add("reset", "getUpdates")
    faults.add("error", "getUpdates", code=409, description=f"Conflict: {TOKEN}")
    phone.say(NOTE)
    phone.expect("Logged: Visit")
    faults.add("error", "sendMessage", code=400, description=f"Bad Request: bot{TOKEN} is wrong")
    phone.say("/today")
    until(lambda: "update parked" in small_town.programs[0].said(), "an answer is refused for ever")
    faults.add("http", "sendMessage", code=502, body=f"<a href='/bot{TOKEN}/sendMessage'>")
    faults.add("drop", "sendMessage")
    phone.say("/menu")
    phone.expect("Rounds")
    faults.add("http", "getFile", code=404, body=TOKEN)
    phone.send_file(b"name,phone\n", "clients.csv")
    small_town.client.wait_idle()
    small_town.programs[0].terminate()
    for words in (["check"], ["invite", "--role", "manager", "--name", "Zoe"], ["outbox", "list"]):
        result = small_town.shell(*words)
        assert SECRET not in result.stdout + result.stderr
    faults.add("error", "getMe", code=401, description="Unauthorized", times=-1)
    refused = small_town.shell("run")
    assert refused.returncode == 1
    assert SECRET not in refused.stdout + refused.stderr
    said = small_town.programs[0].said()
    assert "Traceback" in said, "an exception was logged, too"
    assert SECRET not in said
    assert "canary sings" not in said
