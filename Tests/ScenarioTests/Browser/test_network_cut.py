"""The network goes away and comes back. Nobody clicks anything."""

import time

import pytest

from harness import namespace
from harness.waiting import until

CUT = 5  # seconds; the length is the subject here, so this one time is waited out
AIR = 1  # seconds; what was under way when the network went is shown within this time


@pytest.mark.parametrize('kind', ['chromium', 'firefox'])
def test_a_cut_of_five_seconds_heals_without_a_click(people, link, server, kind):
    """Socket and media are cut together, as when somebody walks from one network to the other."""
    anna, bram = people(kind, clean=False).join(link), people(clean=False).join(link)
    pair = ((anna, bram), (bram, anna))
    see_and_hear(pair)
    media = media_ports(anna, bram)
    with namespace.cut(tcp=[server.port, *media], udp=media):
        wait_out(anna, bram)
    report(kind, anna, bram)
    for person in (anna, bram):
        person.wait_for('meet.badge.1')
        assert person.sees('meet.tile', name=next(other.name for one, other in pair if one is person))
    see_and_hear(pair)


@pytest.mark.parametrize('kind', ['chromium', 'firefox'])
def test_a_cut_of_the_media_alone_heals_too(people, link, kind):
    anna, bram = people(kind).join(link), people().join(link)
    pair = ((anna, bram), (bram, anna))
    see_and_hear(pair)
    media = media_ports(anna, bram)
    with namespace.cut(tcp=media, udp=media):
        wait_out(anna, bram)
    report(f'{kind}, media alone', anna, bram)
    see_and_hear(pair)


def see_and_hear(pair):
    for one, other in pair:
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)


def media_ports(*people):
    """The server's media ports as the browsers know them; UDP and TCP have the same."""
    ports = {port for person in people for port in person.stats()['remotePorts'] if port}
    assert ports, 'no browser names a media port'
    return sorted(ports)


def wait_out(*people):
    """Lets the cut last, and makes sure that it is one: nothing is decoded any more."""
    start = time.monotonic()
    until(lambda: time.monotonic() > start + AIR, 'the air is empty', AIR + 1)
    before = [person.count('framesDecoded') for person in people]
    for person in people:
        person.browser.evaluate('() => probe.awaitMedia()')
    until(lambda: time.monotonic() > start + CUT, 'the cut', CUT + 1)
    assert [person.count('framesDecoded') for person in people] == before, 'the cut did not cut'


def report(what, *people):
    """Waits until each decodes pictures and hears sound again, and prints when that was after the network's return."""
    back = time.time()

    def healed():
        times = [person.browser.evaluate('() => probe.grew') for person in people]
        return times if all({'picture', 'sound'} <= one.keys() for one in times) else None

    for person, one in zip(people, until(healed, 'pictures and sound come back')):
        said = ', '.join(f'{sign} {at / 1000 - back:.1f} s' for sign, at in one.items())
        print(f'{what}: {person.name} ({person.browser.kind}) after the return of the network: {said}')
