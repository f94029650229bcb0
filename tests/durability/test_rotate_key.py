"""A running server goes over to a new key without losing a note: all its processes write and read meanwhile."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.browser.server import ROOT, environment, serving
from tests.durability.visitor import Visitor, meeting

NEW = "/contacts/new/"


class Writer(threading.Thread):
    """One session that records contacts and reads each again until it is told to stop."""

    def __init__(self, address: str, name: str):
        super().__init__()
        self.visitor, self.stop, self.faults = Visitor(address, name), threading.Event(), list[str]()
        page = self.visitor.get(NEW)
        self.who = page[page.index('value="e:') + 7 :].split('"', 1)[0]
        self.notes: dict[str, str] = {}

    def run(self) -> None:
        while not self.stop.is_set():
            contact = meeting(self.who)
            contact["note"] = f"Said {contact['id']}."
            status, place = self.visitor.post(NEW, contact)
            if status == 302 and contact["note"] in self.visitor.get(place):
                self.notes[contact["id"]] = contact["note"]
            else:
                self.faults.append(f"{status} {place}")


def start(data: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.durability.rotate", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment(data, 0), stdout=subprocess.PIPE, text=True)


def test_notes_are_saved_and_read_while_the_key_changes(data: Path) -> None:
    key, old = (data / "keys" / name for name in ("field.key", "field.key.old"))
    before = key.read_text()
    with serving(data) as (address, _process):
        writers = [Writer(address, name) for name in ("ana", "pat", "ana", "pat")]
        for writer in writers:
            writer.start()
        killed = start(data)
        while not old.exists() and killed.poll() is None:
            time.sleep(0.01)
        killed.kill()
        killed.communicate()
        assert old.exists()
        time.sleep(1)  # with two keys, and nobody at work on them
        rotation = start(data)
        said, _nothing = rotation.communicate(timeout=120)
        time.sleep(1)
        for writer in writers:
            writer.stop.set()
        for writer in writers:
            writer.join()
    assert [writer.faults for writer in writers] == [[]] * 4
    assert rotation.returncode == 0 and "care_contact.note" in said
    assert not old.exists() and key.read_text() != before
    held = json.loads(start(data, "notes").communicate()[0])  # with the new key only
    assert all(len(writer.notes) > 3 for writer in writers)
    assert all(held[id] == note for writer in writers for id, note in writer.notes.items())
