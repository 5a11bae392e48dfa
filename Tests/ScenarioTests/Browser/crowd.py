"""A meeting under strain: a crowd with sound comes and goes around two browsers, and then a hundred come at once. Prints how
everybody fared; asserts no time.

    .venv/bin/python Tests/ScenarioTests/Browser/crowd.py [SECONDS] [PEOPLE]     0 seconds: only the hundred
"""

import contextlib
import json
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import namespace
from harness.chromium import Chromium
from harness.crowd import Crowd
from harness.fakes import LOOKS
from harness.peer import Peer
from harness.person import Person
from harness.server import Server

# Chromium starts its renderers at this niceness, and in a namespace cannot raise them again: nobody else may be ahead of them.
RENDERER = 5

# Pictures are few and small and natives hear two voices each, for two cores carry everybody here; the browsers hear eight.
PICTURES = 5
VOICES = '2'

# Looking at a page from outside would cost more than the meeting; the page itself is told of each new picture. With more
# people than a page of tiles holds, somebody is out of view at times, and not sent then: that is no gap.
GAPS = '''(tile) => {
  let longest = 0, last = performance.now(), video = null;
  const look = (own) => {
    if (own !== video) return;
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    own.requestVideoFrameCallback(() => look(own));
  };
  setInterval(() => {
    // When it comes again it needs a picture that stands alone.
    if (!tile.isConnected) last = performance.now() + 2000;
    const shown = tile.querySelector('video');
    if (shown === video) return;
    video = shown;
    shown?.requestVideoFrameCallback(() => look(shown));
  }, 100);
  globalThis.gaps = { longest: () => Math.max(longest, performance.now() - last) };
}'''

# What the media worker says it did with frames: the page asks it once a second.
COUNTS = '''{
  const Plain = Worker;
  globalThis.Worker = class extends Plain {
    constructor(...how) {
      super(...how);
      this.addEventListener('message', ({ data }) => data?.type === 'counts' && (globalThis.counts = data.streams));
    }
  };
}'''


def main(seconds=180, people=24):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    os.nice(RENDERER)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        server = Server(folder / 'data')
        stack.callback(server.stop)
        if int(seconds) > 0:
            # Nobody of the crowd is left when the hundred come.
            with contextlib.ExitStack() as crowd:
                churn(crowd, playwright, folder, server, int(seconds), int(people))
        storm(server)


def churn(stack, playwright, folder, server, seconds, people):
    """One in, one out, every second; a native host opens the door, two browsers look at each other meanwhile."""
    links = server.create_links('--capacity', '60')
    stack.enter_context(Peer(links['host'], 'Doorkeeper', '--admit', '--no-video', '--audio-slots', '0'))
    persons = []
    for number, name in enumerate(('Anna', 'Bram')):
        (folder / name).mkdir()
        look = replace(LOOKS[number], rate=PICTURES)
        browser = Chromium(playwright, folder / name, look, viewport={'width': 800, 'height': 500}, script=COUNTS)
        person = Person(browser, name)
        stack.callback(person.browser.close)
        person.ask(links['guest'])
        person.wait_for('meet')
        persons.append(person)
    for one, other in ((persons[0], persons[1]), (persons[1], persons[0])):
        one.wait_for_picture_of(other)
        tile = one.browser.find(one.names.role('meet.tile'), one.names('meet.tile', name=other.name))
        tile.evaluate(GAPS)
    with Crowd(links['guest'], '--people', str(people), '--arrivals', '5', '--changes', '1',
               '--seconds', str(seconds), '--audio-slots', VOICES) as crowd:
        report = crowd.end(seconds + 60)
    tell(f'{people} people, one in and one out a second for {seconds} s', report)
    if crowd.failed:
        print('  frames that did not open, by second:', ', '.join(f'{second}: {count}' for second, count in crowd.failed[:40]))
    for person in persons:
        seen = person.stats()['inbound-rtp']
        freezes = sum(entry['freezeCount'] or 0 for entry in seen)
        longest = person.browser.evaluate('() => gaps.longest()') / 1000
        streams = person.browser.evaluate('() => counts')
        dropped = {}
        for counts in streams.values():
            for reason, frames in counts['dropped'].items():
                dropped[reason] = dropped.get(reason, 0) + frames
        given = sum(counts['given'] for counts in streams.values())
        print(f'  {person.name}: {given} frames sealed or opened; not passed on: {dropped}')
        print(f'  {person.name}: longest time without a new picture {longest:.2f} s, {freezes} freezes')


def storm(server):
    """A hundred in ten seconds: through a door that a native host opens, and through an open one."""
    for door in ('waiting', 'open'):
        links = server.create_links('--capacity', '100', '--admission', door)
        with contextlib.ExitStack() as stack:
            if door == 'waiting':
                stack.enter_context(Peer(links['host'], 'Doorkeeper', '--admit', '--no-video', '--no-audio'))
            people = 99 if door == 'waiting' else 100
            crowd = stack.enter_context(Crowd(
                links['guest'], '--people', str(people), '--arrivals', '10', '--seconds', '30', '--audio-slots', '0'))
            report = crowd.end(120)
        tell(f'{people} people in {people / 10:.0f} s, door {door}', report)


def tell(what, report):
    print(f'{what}: {"sound" if report["sound"] else "NOT SOUND"}')
    print('  ' + json.dumps({key: value for key, value in report.items() if key not in ('type', 'sound', 'code')}), flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
