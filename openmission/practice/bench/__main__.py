"""script/bench: fills, serves, measures, prints."""

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openmission.practice.bench.installation import installation
from openmission.practice.bench.measure import ROUNDS, measure
from openmission.practice.bench.report import growth, table

BIG = 100_000


def main() -> None:
    asked = _arguments()
    databases = ["sqlite", "postgresql"] if asked.database == "both" else [asked.database]
    sizes = [asked.clients, BIG] if asked.big else [asked.clients]
    found: dict[str, Any] = {"machine": _machine(), "at": datetime.now(UTC).isoformat(timespec="minutes"), "runs": {}}
    for database in databases:
        runs = [_run(database, clients, asked.rounds) for clients in sizes]
        found["runs"] |= {f"{database}, {clients} clients": run for clients, run in zip(sizes, runs, strict=True)}
        if asked.big:
            sys.stdout.write(growth(runs[0], runs[1], asked.clients, BIG) + "\n")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure the real server. Takes some minutes.")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--clients", type=int, default=5000, help="enrolled clients (5000)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each page is asked for ({ROUNDS})")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--big", action="store_true", help=f"measure with {BIG:,} clients too, and compare")
    return parser.parse_args()


def _run(database: str, clients: int, rounds: int) -> dict[str, Any]:
    with installation(database, clients) as place:
        load = [round(os.getloadavg()[0], 1)]
        measured = measure(place, rounds)
        measured["machine_load"] = [*load, round(os.getloadavg()[0], 1)]
    sys.stdout.write(table(f"\n{database}, {clients:,} clients", measured))
    sys.stdout.flush()
    return measured


def _machine() -> dict[str, Any]:
    return {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}


if __name__ == "__main__":
    main()
