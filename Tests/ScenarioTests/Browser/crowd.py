"""A meeting under strain: a crowd with sound comes and goes around two browsers, and then a hundred come at once. Prints how
everybody fared; asserts no time.

    .venv/bin/python Tests/ScenarioTests/Browser/crowd.py [SECONDS] [PEOPLE]
"""

import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import namespace
from harness.chromium import Chromium
from harness.crowd import Crowd
from harness.fakes import LOOKS
from harness.peer import Peer
from harness.person import Person
from harness.server import Server


def main(seconds=180, people=24):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        server = Server(folder / 'data')
        stack.callback(server.stop)
        churn(stack, playwright, folder, server, int(seconds), int(people))
        storm(server)


def churn(stack, playwright, folder, server, seconds, people):
    """One in, one out, every second; a native host opens the door, two browsers look at each other meanwhile."""
    links = server.create_links('--capacity', '60')
    stack.enter_context(Peer(links['host'], 'Doorkeeper', '--admit', '--no-video'))
    persons = []
    for number, name in enumerate(('Anna', 'Bram')):
        (folder / name).mkdir()
        person = Person(Chromium(playwright, folder / name, LOOKS[number]), name)
        stack.callback(person.browser.close)
        person.ask(links['guest'])
        person.wait_for('meet')
        persons.append(person)
    persons[0].wait_for_picture_of(persons[1])
    gaps = {person.name: Gaps() for person in persons}
    with Crowd(links['guest'], '--people', str(people), '--arrivals', '5', '--changes', '1',
               '--seconds', str(seconds)) as crowd:
        while crowd.is_running:
            for person in persons:
                gaps[person.name].look(person)
            time.sleep(0.1)
        report = crowd.end()
    tell(f'{people} people, one in and one out a second for {seconds} s', report)
    for person in persons:
        seen = person.stats()['inbound-rtp']
        freezes = sum(entry['freezeCount'] or 0 for entry in seen)
        print(f'  {person.name}: longest time without a new picture {gaps[person.name].longest:.2f} s, {freezes} freezes')


def storm(server):
    """A hundred in ten seconds: through a door that a native host opens, and through an open one."""
    for door in ('waiting', 'open'):
        links = server.create_links('--capacity', '100', '--admission', door)
        with contextlib.ExitStack() as stack:
            if door == 'waiting':
                stack.enter_context(Peer(links['host'], 'Doorkeeper', '--admit', '--no-video', '--no-audio'))
            people = 99 if door == 'waiting' else 100
            crowd = stack.enter_context(Crowd(
                links['guest'], '--people', str(people), '--arrivals', '10', '--seconds', '30', '--audio-slots', '2'))
            report = crowd.end(120)
        tell(f'{people} people in {people / 10:.0f} s, door {door}', report)


class Gaps:
    """The longest time in which no new picture was decoded."""

    def __init__(self):
        self.count, self.since, self.longest = 0, time.monotonic(), 0.0

    def look(self, person):
        count, now = person.count('framesDecoded'), time.monotonic()
        if count != self.count:
            self.longest = max(self.longest, now - self.since)
            self.count, self.since = count, now


def tell(what, report):
    print(f'{what}: {"sound" if report["sound"] else "NOT SOUND"}')
    print('  ' + json.dumps({key: value for key, value in report.items() if key not in ('type', 'sound', 'code')}), flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
