"""From starting ``rounds run`` to its first getUpdates, and its memory with 5,000 clients.

    python -m benchmarks.start_and_memory [--runs 5]

Time: from the start of the process to the arrival of the request at the API. Memory: resident,
with one manager who owns 5,000 clients, after 200 messages (logs, searches, /today) and before the
first picture. Imports: what ``python -X importtime`` says, the dearest packages first.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from benchmarks.assistant import (
    OUT,
    Bank,
    copy_of,
    make_bank,
    message,
    resident_megabytes,
    rounds,
    running,
)
from benchmarks.bot_api import BotApi

CLIENTS = 5_000
TEXTS = ("拜访了{}，谈了设备更新，客户很满意", "{}", "/today", "打电话给{}，下周三上午再联系")
MESSAGES = 200
LIMIT_SECONDS, LIMIT_MEGABYTES = 1.5, 200.0
DEAREST = 15


async def start_seconds(api: BotApi, root: str, bank: Bank) -> float:
    """One start, by itself."""
    api.expect_bot()
    begun = time.perf_counter()
    with running(*rounds(root, copy_of(bank, "start.sqlite")), OUT / "start.log"):
        await asyncio.wait_for(api.first_poll.wait(), 30)
        return api.first_poll_at - begun


async def megabytes(api: BotApi, root: str, bank: Bank) -> tuple[float, float]:
    """Resident memory when it begins to poll, and after the traffic."""
    api.expect_bot()
    [(chat_id, names)] = bank.portfolios.items()
    messages = [
        message(chat_id, n + 1, TEXTS[n % len(TEXTS)].format(names[n])) for n in range(MESSAGES)
    ]
    with running(*rounds(root, copy_of(bank, "memory.sqlite")), OUT / "memory.log") as process:
        await asyncio.wait_for(api.first_poll.wait(), 30)
        await asyncio.sleep(1)
        idle = resident_megabytes(process.pid)
        await api.feed(messages, 120)
        await asyncio.sleep(1)
        return idle, resident_megabytes(process.pid)


def imports() -> list[tuple[str, float]]:
    """Milliseconds that importing each package takes by itself, the dearest first."""
    command = [sys.executable, "-X", "importtime", "-c", "import bot.cli.serve, bot.program"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    spent: Counter[str] = Counter()
    for line in done.stderr.splitlines()[1:]:
        alone, _, name = line.removeprefix("import time:").split("|")
        spent[name.strip().partition(".")[0]] += int(alone)
    return [(name, microseconds / 1e3) for name, microseconds in spent.most_common()]


async def measure(runs: int) -> dict[str, Any]:
    """Everything, one after the other."""
    bank = make_bank(OUT / "large.sqlite", 1, CLIENTS)
    api = BotApi()
    root = await api.start()
    starts = [await start_seconds(api, root, bank) for _ in range(runs)]
    idle, busy = await megabytes(api, root, bank)
    api.close()
    return {
        "start_seconds": round(statistics.median(starts), 3),
        "starts": [round(each, 3) for each in starts],
        "idle_megabytes": round(idle), "megabytes": round(busy),
    }  # fmt: skip


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    OUT.mkdir(exist_ok=True)
    found = asyncio.run(measure(given.runs))
    packages = imports()
    print(f"{found['start_seconds']:.2f} s to the first getUpdates (limit {LIMIT_SECONDS})")
    print(f"{found['idle_megabytes']} MB idle, {found['megabytes']} MB after {MESSAGES} messages "
          f"with {CLIENTS} clients (limit {LIMIT_MEGABYTES:.0f})")  # fmt: skip
    print(f"imports: {sum(cost for _, cost in packages):.0f} ms (with the tracing), of which")
    for name, cost in packages[:DEAREST]:
        print(f"{cost:7.0f} ms  {name}")
    found["imports_ms"] = dict(packages[:DEAREST])
    (OUT / "start_and_memory.json").write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
