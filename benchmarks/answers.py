"""Answers a second, with and without repeats, and the memory of two workers.

    .venv/bin/python benchmarks/answers.py                                 # the shipped data
    .venv/bin/python benchmarks/answers.py --data bench-work/ours-L/data    # a million of each

Starts a server of its own with two workers and asks it over connections that stay open, each as soon as it has its
answer. The client shares the processors with the server. "none repeats": every choice is another, so nothing that was
kept helps; "repeats": few choices, all asked before. Memory is the PSS of the master and its workers, which counts what
they share once: when the server is up, after 100 choices, and after all.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.load import memory, start  # noqa: E402
from benchmarks.questions import body_of, callback_at, choices  # noqa: E402
from tests.serving import free_port, is_healthy  # noqa: E402

REPEATED = 20


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
    """One question over an open connection. Raises OSError where the answer is none."""
    head = (
        "POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Accept-Encoding: gzip, deflate, br, zstd\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    reply = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status, *headers = reply.split("\r\n")
    length = next(line.partition(":")[2] for line in headers if line.startswith("content-length:"))
    await reader.readexactly(int(length))
    if " 200 " not in status + " ":
        raise OSError(status)


async def asking(port: int, bodies: Iterator[bytes], until: float, connections: int, most: int) -> list[float]:
    """ms of each answer until the time, the questions or their number is over."""
    times: list[float] = []

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < until and len(times) < most and (body := next(bodies, b"")):
            began = time.perf_counter()
            await ask(reader, writer, body)
            times.append((time.perf_counter() - began) * 1000)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return times


def rate(port: int, bodies: Iterator[bytes], options: argparse.Namespace, most: int = 1_000_000) -> dict[str, float]:
    """Answers a second, and how long one took."""
    began = time.monotonic()
    times = asyncio.run(asking(port, bodies, began + options.seconds, options.connections, most))
    return {
        "answers": len(times),
        "a_second": round(len(times) / (time.monotonic() - began), 1),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(sorted(times)[int(len(times) * 0.95)], 1),
    }


def measure(options: argparse.Namespace) -> dict[str, object]:
    """One server, all of it."""
    port, found = free_port(), dict[str, object]()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DASHBOARD_WORKERS": "2", "DATABASE_URL": f"sqlite:///{folder}/dashboard.sqlite"}
        environment["DASHBOARD_MAX_FILE_MB"] = "1000"
        if options.data:
            environment["DASHBOARD_DATA"] = str(options.data)
        server = start(port, environment)
        try:
            while not is_healthy(port):
                if server.poll() is not None:
                    raise SystemExit("the server does not start")
                time.sleep(0.1)
            # what filled the database is in the memory of the first start, as in that of no other
            server.terminate()
            server.wait(60)
            server = start(port, environment)
            while not is_healthy(port):
                time.sleep(0.1)
            callback = callback_at(f"http://127.0.0.1:{port}")
            queries = list(choices())
            random.Random(7).shuffle(queries)
            bodies = [body_of(callback, query) for query in queries]
            new = iter(bodies[REPEATED:])
            found["memory_mb"] = {"start": round(memory(server.pid), 1)}
            rate(port, itertools.islice(new, 100), options)
            found["memory_mb"]["after_100"] = round(memory(server.pid), 1)  # type: ignore[index]
            found["none_repeats"] = rate(port, new, options)
            # both workers get to know the few
            rate(port, itertools.cycle(bodies[:REPEATED]), options, most=REPEATED * 20)
            found["repeats"] = rate(port, itertools.cycle(bodies[:REPEATED]), options)
            found["memory_mb"]["last"] = round(memory(server.pid), 1)  # type: ignore[index]
        finally:
            server.terminate()
            server.wait(60)
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a data folder; default: the shipped one")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=10)
    print(json.dumps(measure(parser.parse_args()), indent=1))


if __name__ == "__main__":
    main()
