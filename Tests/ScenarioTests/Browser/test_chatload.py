"""Many messages at once: all come, in one order for everybody, and whoever writes goes on writing. `chatload.py` does it with
twenty people and two thousand messages, and measures."""

import contextlib

from harness import smooth
from harness.peer import Peer
from harness.waiting import until

NATIVES, MESSAGES = 6, 200
SILENT = ('--no-video', '--no-audio', '--audio-slots', '0', '--video-slots', '0')
ELEMENTS_EACH = 40  # of a message, at most


def test_two_hundred_messages_of_many_come_to_all_in_one_order_while_one_writes(people, link):
    anna, bram = (people(language=language, script=smooth.WATCH).join(link, microphone=False, camera=False)
                  for language in ('nl', 'en'))
    for person in (anna, bram):
        person.open_chat()
        smooth.begin(person)
    before = smooth.nodes(bram)
    with contextlib.ExitStack() as stack:
        for number in range(NATIVES):
            stack.enter_context(Peer(
                link, f'Gast {number}', *SILENT, '--say', f'Bericht van gast {number}', '--again', '1'))
        field = bram.in_chat('chat.text')
        field.focus()
        typed = ''

        def come():
            nonlocal typed
            typed += 'abc '
            bram.browser.page.keyboard.type('abc ')
            assert field.input_value() == typed, 'what one writes stays, and the focus with it'
            return all(smooth.arrived(person) >= MESSAGES for person in (anna, bram))

        until(come, f'{MESSAGES} messages come', 120)
    shared = min(smooth.rows(person) for person in (anna, bram))
    assert shared >= MESSAGES
    told = [[(one['author'], one['text']) for one in person.messages()][:shared] for person in (anna, bram)]
    assert told[0] == told[1]
    assert {author for author, _ in told[0]} == {f'Gast {number}' for number in range(NATIVES)}
    assert smooth.nodes(bram) - before < ELEMENTS_EACH * smooth.rows(bram) + 500
