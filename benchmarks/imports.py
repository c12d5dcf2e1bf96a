"""How long 100,000 clients take to come in, and how much memory, on SQLite and PostgreSQL.

    python -m benchmarks.imports [--rows N] [--postgres URL] [--xlsx]

Every run is a process of its own, so that the memory is that of one import. The yardstick is a
plain ``csv.reader`` pass over the same file in the same run.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

CITIES = ("上海", "苏州", "杭州", "南京", "宁波", "合肥", "无锡", "常州")
CORES = "绿源鼎盛华泰锦程远景博雅恒信天成永安嘉禾瑞丰启明宏图金石云帆海纳德润中和百川新禾"
TRADES = ("食品", "科技", "机械", "贸易", "物流", "纺织", "化工", "建材", "电子", "医药")
HEADER = ("客户名称", "统一社会信用代码", "联系电话", "联系人", "城市", "地址", "行业", "备注")


def rows(count: int):
    """Companies as a bank's list has them: every name, phone and number once."""
    dice = random.Random(7)
    seen: set[str] = set()
    while len(seen) < count:
        number, city, trade = len(seen), dice.choice(CITIES), dice.choice(TRADES)
        core = "".join(dice.choices(CORES, k=3))
        name = f"{city}{core}{trade}有限公司"
        if name not in seen:
            seen.add(name)
            yield (name, f"91310000{number:010d}", f"138{number:08d}", "王" + core[:2], city,
                   f"{city}市中山路{number % 900 + 1}号", trade, "老客户，季度回访")  # fmt: skip


def make_file(folder: Path, count: int, xlsx: bool) -> Path:
    if not xlsx:
        path = folder / "clients.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([HEADER, *rows(count)])
        return path
    path = folder / "clients.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate([HEADER, *rows(count)]):
        sheet.write_row(at, 0, row)
    book.close()
    return path


def yardstick(count: int, folder: Path) -> float:
    path = make_file(folder, count, xlsx=False)
    start = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as source:
        sum(1 for _ in csv.reader(source))
    return time.perf_counter() - start


def import_once(url: str, path: str) -> None:
    """One import in this process; prints its figures as JSON."""
    from bot.cli.imports import run
    from domain.rules import Rules
    from storage.database import Database

    database = Database(url)
    start = last = time.perf_counter()
    longest = 0.0

    def say(done: int, total: int) -> None:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last if done > 500 else 0.0), now

    ran = run(database, Path(path), Rules(), lambda: datetime(2026, 11, 23, tzinfo=UTC), say=say)
    seconds = time.perf_counter() - start
    database.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "accepted": ran.plan.accepted,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "longest_wait": round(longest, 2),
        "peak_megabytes": round(used.ru_maxrss / 1024),
    }
    print(json.dumps(figures))


def measure(url: str, path: Path) -> dict[str, float]:
    from storage import migrate

    migrate.upgrade(url)
    command = [sys.executable, "-m", "benchmarks.imports", "--once", url, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--postgres", default="", help="an empty database to import into")
    parser.add_argument("--xlsx", action="store_true")
    parser.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        import_once(*asked.once)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = yardstick(asked.rows, folder)
        path = make_file(folder, asked.rows, asked.xlsx)
        print(f"csv.reader alone: {plain:.2f} s for {asked.rows} rows")
        urls = {"sqlite": f"sqlite:///{folder}/bench.sqlite"}
        urls |= {"postgresql": asked.postgres} if asked.postgres else {}
        for kind, url in urls.items():
            figures = measure(url, path)
            print(kind, figures, f"ratio {figures['seconds'] / plain:.0f}")


if __name__ == "__main__":
    main()
