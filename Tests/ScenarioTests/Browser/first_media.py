"""How long after the click on Join somebody is seen and heard: ten fresh joins into a meeting with one who already sends.
Prints each and the median; asserts no time.

    .venv/bin/python Tests/ScenarioTests/Browser/first_media.py [chromium|firefox] [JOINS]
"""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import namespace
from harness.chromium import Chromium
from harness.fakes import LOOKS
from harness.firefox import Firefox
from harness.person import Person
from harness.server import Server
from harness.waiting import until

# Measured inside the page, for driving it from outside costs time of its own. A click is where it starts; statistics are
# read every 20 ms until both signs are there.
STOPWATCH = '''
addEventListener('click', (event) => {
  if (!event.target.closest('button') || probe.clicked) return;
  if (event.target.closest('button').textContent.trim() !== JOIN) return;
  probe.clicked = performance.now();
  const look = async () => {
    const peer = probe.peers.at(-1);
    for (const entry of peer ? (await peer.getStats()).values() : []) {
      if (entry.type !== 'inbound-rtp') continue;
      if (entry.kind === 'video' && entry.framesDecoded > 0) probe.picture ??= performance.now() - probe.clicked;
      if (entry.kind === 'audio' && entry.totalAudioEnergy > 0) probe.sound ??= performance.now() - probe.clicked;
    }
    if (!probe.picture || !probe.sound) setTimeout(look, 20);
  };
  look();
}, true);'''


def main(kind='chromium', joins=10):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = Path(folder)
        server = Server(folder / 'data')
        try:
            link = server.create()
            (folder / 'Anna').mkdir()
            anna = Person(Chromium(playwright, folder / 'Anna', LOOKS[0]), 'Anna').join(link)
            times = [measure(playwright, folder / f'Bram {number}', kind, link, anna) for number in range(int(joins))]
            anna.browser.close()
        finally:
            server.stop()
    both = [max(one) / 1000 for one in times]
    print(f'{kind}: seen and heard, median of {len(both)}: {statistics.median(both):.2f} s '
          f'({min(both):.2f} to {max(both):.2f})')


def measure(playwright, folder, kind, link, anna):
    """One join of a new browser; milliseconds to the first decoded picture and the first sound with energy."""
    folder.mkdir()
    script = STOPWATCH.replace('JOIN', repr(anna.names('join.ask')))
    browser = (Firefox(folder, script=script) if kind == 'firefox'
               else Chromium(playwright, folder, LOOKS[1], script=script))
    try:
        bram = Person(browser, 'Bram').join(link)
        until(lambda: browser.evaluate('() => probe.picture && probe.sound'), 'Bram sees and hears Anna', 30)
        times = browser.evaluate('() => [probe.picture, probe.sound]')
        print(f'{kind}: picture after {times[0] / 1000:.2f} s, sound after {times[1] / 1000:.2f} s', flush=True)
        bram.leave()
        anna.wait_until_gone(bram)
        return times
    finally:
        browser.close()


if __name__ == '__main__':
    main(*sys.argv[1:])
