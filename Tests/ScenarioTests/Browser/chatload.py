"""A chat of twenty people who all write at once: eighteen native ones a message a second each, while two browsers read and
one of them writes. Prints how smooth the pages stayed; ends with 1 when a page grows with the chat, or misses a message.

    .venv/bin/python Tests/ScenarioTests/Browser/chatload.py [MESSAGES] [NATIVES]
"""

import contextlib
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import namespace, smooth
from harness.chromium import Chromium
from harness.fakes import LOOKS
from harness.peer import Peer
from harness.person import Person
from harness.server import Server
from harness.waiting import until

KEPT = 2_000  # messages that a page holds (`mostMessages` in Web/state/chat.js)
MORE = 200  # after that many more it may not have grown
SILENT = ('--no-video', '--no-audio', '--audio-slots', '0', '--video-slots', '0')


def main(messages=2_000, natives=18):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    messages, natives = int(messages), int(natives)
    faults = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        server = Server(folder / 'data')
        stack.callback(server.stop)
        link = server.create('--capacity', '30')
        people = []
        for number, name in enumerate(('Anna', 'Bram')):
            (folder / name).mkdir()
            person = Person(Chromium(playwright, folder / name, LOOKS[number], script=smooth.WATCH), name)
            stack.callback(person.browser.close)
            people.append(person.join(link, microphone=False, camera=False))
            person.open_chat()
        anna, bram = people
        peers = [stack.enter_context(Peer(
            link, f'Gast {number + 1}', *SILENT, '--say', f'Dit is een bericht van gast {number + 1}, van gewone lengte.',
            '--again', '1')) for number in range(natives)]
        for peer in peers:
            peer.wait_for(lambda report: report['state'] == 'live', 'that it is in', 60)
        for person in people:
            smooth.begin(person)
        before, rows = smooth.nodes(bram), smooth.rows(bram)
        print(f'{natives + 2} people; {rows} messages in the page, {before} elements', flush=True)
        took = read(anna, bram, messages)
        print(f'{messages} messages came in {took:.0f} s')
        for person in people:
            said = ', '.join(f'{what} {number}' for what, number in smooth.tell(person).items())
            print(f'  {person.name}: {said} (ms); {smooth.rows(person)} messages, {smooth.nodes(person)} elements')
        if smooth.rows(bram) == KEPT:
            full = smooth.nodes(bram)
            read(anna, bram, messages + MORE)
            print(f'  {MORE} messages later: {smooth.rows(bram)} messages, {smooth.nodes(bram)} elements')
            if smooth.rows(bram) > KEPT or smooth.nodes(bram) > 1.02 * full:
                faults.append('the page grows with the chat')
        elif smooth.rows(bram) < rows + messages:
            faults.append('messages are missing')
    print('VERDICT: ' + ('; '.join(faults) if faults else 'all came, and the page does not grow'))
    sys.exit(1 if faults else 0)


def read(anna, bram, messages):
    """Bram writes on while they come, and reads back now and then; answers how long it took until both have so many."""
    began, keyboard = time.monotonic(), bram.browser.page.keyboard
    field, log = bram.in_chat('chat.text'), bram.in_chat('chat.log')
    written = 0

    def come():
        nonlocal written
        field.focus()
        keyboard.type('ik schrijf ' if written % 40 else 'en weer ', delay=60)
        written += 1
        if written % 10 == 0:
            log.focus()
            keyboard.press('PageUp')
            keyboard.press('End')
        if written % 40 == 39:
            field.fill('')
        return all(smooth.arrived(person) >= messages for person in (anna, bram))

    until(come, f'{messages} messages come', 3_600)
    return time.monotonic() - began


if __name__ == '__main__':
    main(*sys.argv[1:])
