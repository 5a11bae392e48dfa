"""A large file from one Chromium to another through the chat, and how much memory each program took meanwhile. The file is made
in the page out of one MiB and numbers, and written to a stand-in for the browser's own dialog that hashes it: no page
ever needs to hold it. Ends with 1 when it arrives altered, or when a page took more memory than a fixed amount.

    .venv/bin/python Tests/ScenarioTests/Browser/bigfile.py [BYTES]     the most that can be given is 1000000000
"""

import contextlib
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import memory, namespace
from harness.chromium import Chromium
from harness.fakes import LOOKS
from harness.files import SINK, give, hash_of, let_files, saved
from harness.person import Person
from harness.server import Server
from harness.waiting import until

NAME = 'film.mkv'
PATIENCE = 1_800  # seconds each way
BOUND = 256  # MB that a page may take more than before, however large the file


def main(size=1_000_000_000):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    size = int(size)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        server = Server(folder / 'data')
        stack.callback(server.stop)
        links = server.create_links()
        anna, bram = (person(stack, playwright, folder, number, name) for number, name in enumerate(('Anna', 'Bram')))
        anna.join(links['host'], microphone=False, camera=False)
        bram.ask(links['guest'], microphone=False, camera=False)
        anna.admit(bram)
        bram.wait_for('meet')
        let_files(anna, True)
        for one in (anna, bram):
            one.open_chat()
        until(lambda: bram.in_chat('chat.file').is_visible(), 'files may go with a message')
        programs = {('server', ''): server.process.pid} | {
            (one.name, f'{kind} {process}'): process
            for one in (anna, bram) for kind, process in memory.processes_of(one.browser)}
        before = {name: memory.begin(process) for name, process in programs.items()}
        began = time.monotonic()
        give(bram, NAME, size)
        bram.in_chat('chat.text').fill('Kijk eens')
        bram.click('chat.send.1', within=['chat'])
        until(lambda: 'Kijk eens' in anna.texts(), 'the file is given', PATIENCE)
        given = time.monotonic()
        anna.in_chat('chat.get', file=NAME).click()
        outcome = saved(anna, PATIENCE)
        taken = time.monotonic()
        most = {name: memory.peak(process) for name, process in programs.items()}
        grown = {name: peak - before[name] for name, peak in most.items() if peak is not None}
    print(f'{size / 1e6:.0f} MB: given in {given - began:.0f} s ({size / 1e6 / (given - began):.0f} MB/s), '
          f'taken in {taken - given:.0f} s ({size / 1e6 / (taken - given):.0f} MB/s)')
    for (whose, what), more in grown.items():
        print(f'  {whose} {what}: {before[whose, what]:.0f} MB before, at most {more:.0f} MB more')
    faults = [f'{whose} {what} took {more:.0f} MB more' for (whose, what), more in grown.items()
              if what.startswith('renderer') and more > BOUND]
    if outcome != {'name': NAME, 'size': size, 'hash': hash_of(size)}:
        faults.append(f'it arrived altered: {outcome}')
    print('VERDICT: ' + ('; '.join(faults) if faults else 'it arrived as it was, and no page held it'))
    sys.exit(1 if faults else 0)


def person(stack, playwright, folder, number, name):
    (folder / name).mkdir()
    one = Person(Chromium(playwright, folder / name, LOOKS[number], script=SINK), name)
    stack.callback(one.browser.close)
    return one


if __name__ == '__main__':
    main(*sys.argv[1:])
