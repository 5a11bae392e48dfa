"""How long after a host's browser crashed and the host link was opened again the host is back in control of a full meeting of
two: it sees the guest and has locked the door. Prints each and the longest; asserts no time.

    .venv/bin/python Tests/ScenarioTests/Browser/crash.py [CRASHES]
"""

import contextlib
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import namespace
from harness.chromium import Chromium
from harness.fakes import LOOKS
from harness.person import Person
from harness.server import Server
from harness.waiting import until


def main(crashes=5):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        server = Server(folder / 'data')
        stack.callback(server.stop)
        times = [measure(playwright, folder / str(number), server) for number in range(int(crashes))]
    print(f'host back in control, longest of {len(times)}: {max(times):.2f} s')


def measure(playwright, folder, server):
    links = server.create_links('--capacity', '2')
    people = []
    for number, name in enumerate(('Anna', 'Bram', 'Anna again')):
        (folder / name).mkdir(parents=True)
        look = LOOKS[number % 2]
        people.append(Person(Chromium(playwright, folder / name, look), name.split()[0]))
    anna, bram, again = people
    anna.join(links['host'])
    bram.ask(links['guest'])
    anna.admit(bram)
    anna.wait_for_picture_of(bram)
    again.open(links['host'])
    crash(anna)
    start = time.monotonic()
    again.browser.fill(again.names.role('join.name'), again.names('join.name'), 'Anna')
    again.click(until(lambda: next((name for name in ('join.start', 'join.ask') if again.sees(name)), None), 'a way in'))
    again.wait_for('meet')
    again.go_on()
    again.lock(True)
    again.wait_for('meet.tile', name='Bram')
    took = time.monotonic() - start
    print(f'back after {took:.2f} s', flush=True)
    for person in (bram, again):
        person.browser.close()
    return took


def crash(person):
    """The whole browser is gone in an instant, without a word."""
    with contextlib.suppress(Exception):
        person.browser.browser.new_browser_cdp_session().send('Browser.crash')


if __name__ == '__main__':
    main(*sys.argv[1:])
