"""How long after the host's click somebody who is removed still decodes pictures: twenty removals in a meeting of two browsers
and four native participants. Prints each, the median and the 95th of 100; asserts no time.

    .venv/bin/python Tests/ScenarioTests/Browser/removal.py [chromium|firefox] [REMOVALS]
"""

import contextlib
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import namespace
from harness.chromium import Chromium
from harness.fakes import LOOKS
from harness.firefox import Firefox
from harness.peer import Peer
from harness.person import Person
from harness.server import Server
from harness.waiting import until

# Measured inside the pages, whose clock is the machine's. The host's: every click.
CLICKS = 'addEventListener("click", () => { probe.clicked = Date.now(); }, true);'
# The guest's: when pictures were last seen to be more than before, looked at every 10 ms.
LAST = '''() => {
  probe.last = null;
  let before = -1;
  probe.watch = setInterval(async () => {
    const now = Date.now();
    const decoded = await probe.decoded();
    if (decoded > before) [before, probe.last] = [decoded, now];
  }, 10);
}'''
NATIVE = ['Ela', 'Finn', 'Gijs', 'Hedy']


def main(kind='chromium', removals=20):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        server = Server(folder / 'data')
        stack.callback(server.stop)
        links = server.create_links()
        for name in ('Anna', 'Bram'):
            (folder / name).mkdir()
        anna = Person(Chromium(playwright, folder / 'Anna', LOOKS[0], script=CLICKS), 'Anna').join(links['host'])
        stack.callback(anna.browser.close)
        for name in NATIVE:
            stack.enter_context(Peer(links['guest'], name, '--no-video'))
            anna.admit(name)
        bram = Person(Firefox(folder / 'Bram') if kind == 'firefox'
                      else Chromium(playwright, folder / 'Bram', LOOKS[1]), 'Bram')
        stack.callback(bram.browser.close)
        times = [measure(anna, bram, links['guest']) for _ in range(int(removals))]
    times.sort()
    late = times[-(-len(times) * 95 // 100) - 1]
    print(f'{kind}: click to last decoded picture, of {len(times)}: median {statistics.median(times)} ms, '
          f'95 of 100 within {late} ms, most {times[-1]} ms')


def measure(anna, bram, link):
    """One removal; milliseconds from the click to the last picture that was decoded."""
    bram.ask(link)
    anna.admit(bram)
    bram.wait_for_picture_of(anna)
    bram.browser.evaluate(LAST)
    until(lambda: bram.browser.evaluate('() => probe.last'), 'Bram decodes pictures')
    anna.act_on(bram, 'person.remove')
    clicked = anna.browser.evaluate('() => probe.clicked')
    bram.wait_for('after')
    until(lambda: bram.browser.evaluate('() => Date.now() - probe.last') > 2000, 'Bram decodes nothing any more')
    last = bram.browser.evaluate('() => { clearInterval(probe.watch); return probe.last; }')
    anna.wait_until_gone(bram)
    print(f'{kind_of(bram)}: {last - clicked} ms', flush=True)
    return max(0, last - clicked)


def kind_of(person):
    return person.browser.kind


if __name__ == '__main__':
    main(*sys.argv[1:])
