"""A line that was dead for so long that the group went on without somebody. With the pass they hold they come back by
themselves, through waiting room and lock, and nobody is asked. Who was put out meanwhile does not."""

import contextlib
import time

import pytest

from harness import namespace
from harness.doorway import Doorway
from harness.peer import Peer
from harness.server import Server
from harness.waiting import until

# Half a minute goes by before the server takes somebody for lost.
LONG = 60  # seconds

# Whom this page ever showed as somebody who asks to come in, and whether it ever was a waiting room.
WATCH = '''() => {
  probe.asked = [];
  probe.waited = false;
  new MutationObserver(() => {
    const seen = document.querySelectorAll('b-knock, b-door section:not([hidden])');
    for (const one of seen) probe.asked.push(one.textContent);
    probe.waited ||= document.querySelector('b-wait') !== null;
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}'''


@pytest.fixture
def server(tmp_path, output):
    server = Server(tmp_path / 'data', '--trusted-proxy', '127.0.0.1')
    yield server
    server.stop()
    (output / 'server.log').write_text(''.join(server.log))


@pytest.fixture
def doorway(server):
    """The guests come from elsewhere: their line can be cut, and the host's is not."""
    doorway = Doorway(server, 1)
    yield doorway
    doorway.close()


def test_P016_a_line_dead_for_long_comes_back_by_itself_through_waiting_room_and_lock(people, server, doorway, output):
    links = server.create_links()
    anna = people().join(links['host'])
    guests = people(clean=False), people('firefox', language='en', clean=False)
    for guest in guests:
        let_in(guest, anna, doorway.link(links['guest']))
    see_and_hear(anna, *guests)
    anna.lock(True)
    anna.open_people()
    for person in (anna, *guests):
        person.browser.evaluate(WATCH)
    with cut(doorway, *guests):
        for guest in guests:
            guest.wait_for_text('err.reconnecting.1')
        decoded = [guest.browser.evaluate('() => probe.decoded()') for guest in guests]
        for guest in guests:
            until(lambda: not anna.sees('meet.tile', name=guest.name), f'the group goes on without {guest.name}', LONG)
            guest.browser.screenshot(output / f'{guest.name}-cut.png')
            guest.browser.evaluate('() => probe.awaitMedia()')
        assert [guest.browser.evaluate('() => probe.decoded()') for guest in guests] == decoded, 'the cut did not cut'
    report(*guests)
    for guest in guests:
        anna.wait_for('meet.tile', name=guest.name)
    see_and_hear(anna, *guests)
    for person in (anna, *guests):
        person.wait_for('meet.badge.1')
    for guest in guests:
        guest.browser.screenshot(output / f'{guest.name}-back.png')
        assert not guest.browser.evaluate('() => probe.waited'), f'{guest.name} stood in the waiting room'
    assert anna.browser.evaluate('() => probe.asked') == []
    with Peer(doorway.link(links['guest']), 'Piet'):
        anna.admit('Piet')
        anna.wait_for_text('act.refused', act=anna.names.text('people.admit.short'))
        assert not anna.sees('meet.tile', name='Piet')
    asked = anna.browser.evaluate('() => probe.asked')
    assert asked and all('Piet' in one for one in asked), 'only the stranger had to ask'


def test_P028_who_is_put_out_while_their_line_is_dead_does_not_come_back_by_themselves(people, server, doorway, output):
    links = server.create_links()
    anna = people().join(links['host'])
    bram, chris = people(clean=False), people('firefox', language='en', clean=False)
    for guest in (bram, chris):
        let_in(guest, anna, doorway.link(links['guest']))
        anna.wait_for_picture_of(guest)
    with cut(doorway, bram, chris):
        # At once, for in half a minute the server takes them for lost, and nobody is left to act on.
        for guest, act in ((bram, 'person.remove'), (chris, 'person.back')):
            anna.act_on(guest, act)
            anna.wait_until_gone(guest)
        for guest in (bram, chris):
            guest.wait_for_text('err.reconnecting.1')
    # Word of it may still stand in the line that was dead; else he knocks, and his key is on the list.
    out = [bram.names.text(word) for word in ('after.removed.text', 'err.refused')]
    until(lambda: any(word in bram.browser.text() for word in out), 'Bram reads that he is out')
    chris.wait_for('wait')
    anna.wait_for('people.admit', name='Chris')
    for guest in (bram, chris):
        guest.browser.screenshot(output / f'{guest.name}-out.png')
        assert not anna.sees('meet.tile', name=guest.name)
    assert not anna.sees('people.admit', name='Bram')
    anna.admit(chris)
    for one, other in ((anna, chris), (chris, anna)):
        one.wait_for_picture_of(other)


def let_in(guest, host, link):
    guest.ask(link)
    host.admit(guest)
    guest.wait_for('meet')


def see_and_hear(*people):
    for one in people:
        others = [other for other in people if other is not one]
        for other in others:
            one.wait_for_picture_of(other)
        one.wait_for_sound_of(*others)


@contextlib.contextmanager
def cut(doorway, *people):
    """The line of these people is dead: what they have open and what they try to open anew. Nobody here has media over TCP
    but for want of UDP, so those ports are shut for all."""
    stats = [person.stats() for person in people]
    media = {port for one in stats for port in one['remotePorts'] if port}
    own = {port for one in stats for port in one['localPorts']}
    assert media and own, 'no browser names its media ports'
    with namespace.cut(tcp=sorted({doorway.port, *media}), udp=sorted(own)):
        yield


def report(*people):
    """Waits until each decodes pictures and hears sound again, and prints when that was after the network's return."""
    back = time.time()
    for person in people:
        grew = until(lambda: len(now := person.browser.evaluate('() => probe.grew')) == 2 and now,
                     f'picture and sound come back to {person.name}')
        said = ', '.join(f'{sign} {at / 1000 - back:.1f} s' for sign, at in grew.items())
        print(f'{person.name} ({person.browser.kind}) after the return of the network: {said}')
