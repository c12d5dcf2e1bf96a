"""How long one quick-log text takes, and the import, beside json.loads in the same run.

python -m benchmarks.quicklog
"""

import json
import subprocess
import sys
from datetime import datetime
from time import process_time

from domain.names import Names
from domain.quicklog import read

NOW = datetime.fromisoformat("2026-11-23T15:40:00+08:00")
TEXTS = (
    "访 绿源食品 谈续贷500万 下周三下午跟进",
    "刚从绿源出来，王总说续贷500w没问题，就是利率想压到3.2，下周三下午再谈",
    "给八方物流打了3个电话都没接 微信留言了 后天再打",
    "拜访中和制药和东岳汽配 中和下周三送授信方案 东岳月底前回电 两家都要现金管理",
    "visited Acme, loan 2M discussed, follow up next Fri 3pm",
    "just left Northwind, Jen wants the 2M renewal done before EOM, send term sheet Wed",
    "Friday lunch with May at Stellar went well, she's moving $450k over by the 13th",
    "saw Acme and Globex; Acme wants a quote by Friday, call Globex Monday",
)
DOCUMENT = json.dumps([{"id": number, "name": "client", "due": None} for number in range(100)])
SYLLABLES = "金华瑞丰恒信天成明德宏达鑫隆东岳西郊千禾八方海川"
KINDS = ("食品", "机械", "物流", "纺织", "建材", "电子")


def microseconds(work, rounds: int) -> float:
    """Time the best of five batches; the best is the least disturbed by other work."""
    best = float("inf")
    for _ in range(5):
        start = process_time()
        for _ in range(rounds):
            work()
        best = min(best, process_time() - start)
    return best / rounds * 1e6


def portfolio(size: int) -> list[tuple[int, str, tuple[str, ...]]]:
    names = []
    for number in range(size):
        a, b, c = number % 24, number // 24 % 24, number // 576 % 24
        stem = SYLLABLES[a] + SYLLABLES[b] + (SYLLABLES[c] if number >= 576 else "")
        names.append((number, f"{stem}{KINDS[number % 6]}有限公司", ()))
    return names


def import_milliseconds() -> float:
    """Import in a fresh interpreter, less what the interpreter itself takes."""
    code = (
        "import time; s = time.process_time(); import domain.quicklog; "
        "print((time.process_time() - s) * 1000)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout)
        for _ in range(3)
    ]
    return min(runs)


def main() -> None:
    unit = microseconds(lambda: json.loads(DOCUMENT), 200)
    print(f"json.loads of {len(DOCUMENT):,} bytes: {unit:.0f} µs (the unit below)")
    total = 0.0
    for text in TEXTS:
        took = microseconds(lambda text=text: read(text, NOW), 100)
        total += took
        print(f"read: {took:6.0f} µs = {took / unit:5.2f} units  {text[:44]}")
    mean = total / len(TEXTS)
    print(f"read, mean: {mean:.0f} µs = {mean / unit:.2f} units (aim: 200 µs)")
    clients = portfolio(3000)
    build = microseconds(lambda: Names(clients), 3)
    names = Names(clients)
    find = microseconds(lambda: [names.find(text) for text in TEXTS], 20) / len(TEXTS)
    print(f"Names of {len(clients):,}: built in {build / 1000:.1f} ms, find {find:.0f} µs a text")
    print(f"import domain.quicklog: {import_milliseconds():.0f} ms (aim: 50 ms)")


if __name__ == "__main__":
    main()
