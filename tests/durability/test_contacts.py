"""Contacts are saved once and whole: sent at the same moment, and while the server is killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from uuid import UUID

import pytest

from tests.browser.server import ROOT, environment, serving
from tests.durability.visitor import UNANSWERED, Visitor, coming, meeting, planned

NEW = "/contacts/new/"
VISITORS = 8
CONTACTS = 50
KILLED_AFTER = (15, 35)


def ledger(data: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.durability.ledger"]
    answer = subprocess.run(command, cwd=ROOT, env=environment(data, 0), check=True, stdout=subprocess.PIPE)
    return json.loads(answer.stdout)


def luis(visitor: Visitor) -> str:
    """How the form names Luis."""
    page = visitor.get(NEW)
    return page[page.index('value="e:') + 7 :].split('"', 1)[0]


def at_once(*acts: Callable[[], tuple[int, str]]) -> list[tuple[int, str]]:
    """All of them at the same moment, as nearly as threads allow."""
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], tuple[int, str]]) -> tuple[int, str]:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_what_is_sent_at_the_same_moment_is_saved_once(data: Path) -> None:
    before = ledger(data)["contacts"].keys()
    with serving(data) as (address, _process):
        ana, pat = Visitor(address, "ana"), Visitor(address, "pat")
        who = luis(ana)
        pat.get(NEW)
        for _ in range(5):
            same = meeting(who, **coming())
            answers = at_once(*[lambda: ana.post(NEW, same)] * 4)  # noqa: B023
            assert answers == [(302, f"/contacts/{same['id']}/")] * 4
        for _ in range(5):
            appointment = planned(who)
            assert ana.post("/appointments/new/", appointment)[0] == 302
            kept = [meeting(f"a:{appointment['id']}") for _ in range(2)]
            first, second = at_once(lambda: ana.post(NEW, kept[0]), lambda: pat.post(NEW, kept[1]))  # noqa: B023
            assert {first[0], second[0]} == {302, 422}  # the slower one is told
        shared = meeting(who)
        answers = at_once(lambda: ana.post(NEW, shared), lambda: pat.post(NEW, shared))
        assert {status for status, _place in answers} == {302, 422}
    held = ledger(data)
    assert held["events of nothing"] == []
    rows = [row for id, row in held["contacts"].items() if id not in before]
    assert [row[:3] for row in rows] == [[1, 1, 0]] * 11
    kept_by = [row[3] for row in rows if row[3]]
    assert len(kept_by) == len(set(kept_by)) == 5
    assert all(held["appointments"][id] == [1, 1, "recorded"] for id in kept_by)


class Storm:
    """Eight sessions saving the same heap of contacts, each again and again with the same id until it is answered."""

    def __init__(self, address: str, heap: list[dict[str, Any]]):
        self.heap: Queue[dict[str, Any]] = Queue()
        for each in heap:
            self.heap.put(each)
        self.visitors = [Visitor(address, name) for name in ("ana", "pat") * (VISITORS // 2)]
        for visitor in self.visitors:
            visitor.get(NEW)
        self.acknowledged: list[str] = []
        self.unanswered = 0
        self.refused: list[tuple[int, str]] = []

    def save_all(self, visitor: Visitor) -> None:
        while len(self.acknowledged) + len(self.refused) < CONTACTS:
            try:
                contact = self.heap.get(timeout=0.2)
            except Empty:
                continue
            self.save(visitor, contact)

    def save(self, visitor: Visitor, contact: dict[str, Any]) -> None:
        """Until it is answered, by the session that began with it: a contact belongs to who recorded it."""
        while True:
            try:
                status, place = visitor.post(NEW, contact)
            except UNANSWERED:
                self.unanswered += 1
                time.sleep(0.1)
                continue
            if (status, place) == (302, f"/contacts/{contact['id']}/"):
                self.acknowledged.append(contact["id"])
            else:
                self.refused.append((status, place))
            return


def kill(process: "subprocess.Popen[str]") -> None:
    """The server and all it started, at once and without a word."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in table.splitlines()]
    for pid in [process.pid, *(pid for pid, parent in rows if parent == process.pid)]:
        os.kill(pid, signal.SIGKILL)
    process.wait(timeout=20)


def wait_for(storm: Storm, count: int) -> None:
    deadline = time.monotonic() + 120
    while len(storm.acknowledged) < count:
        assert time.monotonic() < deadline, f"only {len(storm.acknowledged)} of {count} were acknowledged"
        assert storm.refused == []
        time.sleep(0.01)


@pytest.fixture
def heap(data: Path) -> list[dict[str, Any]]:
    """Fifty contacts: every fifth answers an appointment, every third makes the next one."""
    with serving(data) as (address, _process):
        ana = Visitor(address, "ana")
        who = luis(ana)
        found = []
        for number in range(CONTACTS):
            target = who
            if number % 5 == 0:
                appointment = planned(who)
                assert ana.post("/appointments/new/", appointment)[0] == 302
                target = f"a:{appointment['id']}"
            following = coming() if number % 3 == 0 else {"next": ""}
            found.append(meeting(target, note=f"Contact {number}", **following))
    return found


def test_a_killed_server_loses_nothing_it_acknowledged_and_leaves_nothing_half_done(
    data: Path, heap: list[dict[str, Any]]
) -> None:
    before = ledger(data)
    threads: list[threading.Thread] = []
    for number, count in enumerate((*KILLED_AFTER, CONTACTS)):
        with serving(data) as (address, process):
            if not threads:
                storm = Storm(address, heap)
                threads = [threading.Thread(target=storm.save_all, args=(visitor,)) for visitor in storm.visitors]
                for thread in threads:
                    thread.start()
            for visitor in storm.visitors:
                visitor.address = address
            wait_for(storm, count)
            if count < CONTACTS:
                kill(process)
                held = ledger(data)
                assert set(storm.acknowledged) <= set(held["contacts"]), f"lost at kill {number + 1}"
    for thread in threads:
        thread.join(timeout=30)
    assert storm.unanswered > 0
    assert sorted(storm.acknowledged) == sorted(contact["id"] for contact in heap)
    check(ledger(data), before, heap)


def check(held: dict[str, Any], before: dict[str, Any], heap: list[dict[str, Any]]) -> None:
    """Each contact once, with its worker, its event, its appointment closed and its next one made; nothing besides."""
    ids = {contact["id"] for contact in heap}
    assert held["contacts"].keys() - before["contacts"].keys() == ids
    assert held["events of nothing"] == []
    following = {str(UUID(int=UUID(contact["id"]).int ^ 1)) for contact in heap if contact["next"]}
    assert held["appointments"].keys() - before["appointments"].keys() == following
    for contact in heap:
        kept = contact["who"][2:] if contact["who"].startswith("a:") else ""
        assert held["contacts"][contact["id"]] == [1, 1, 0, kept]
        if kept:
            assert held["appointments"][kept] == [1, 1, "recorded"]
    assert all(held["appointments"][id] == [1, 1, "planned"] for id in following)
