"""The network goes away and comes back. Nobody clicks anything."""

import time

import pytest

from harness import namespace
from harness.waiting import until

pytestmark = pytest.mark.unproven('the rules that cut the network are refused by nft, so nothing was cut yet')

CUT = 5  # seconds; the length is the subject here, so this one time is waited out


@pytest.mark.parametrize('kind', ['chromium', 'firefox'])
def test_a_cut_of_five_seconds_heals_without_a_click(people, link, server, kind):
    anna, bram = people(kind, clean=False).join(link), people(clean=False).join(link)
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
    media = {port for port in bram.stats()['remotePorts'] if port}
    with namespace.cut(tcp=[server.port], udp=media):
        end = time.monotonic() + CUT
        frames = anna.picture_of(bram)['frames']
        until(lambda: time.monotonic() > end, 'the cut', CUT + 1)
        assert anna.picture_of(bram)['frames'] - frames < CUT * 30, 'the cut did not cut'
    back = time.monotonic()
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)
    print(f'{kind}: all back {time.monotonic() - back:.1f} s after the network')
    for person in (anna, bram):
        person.wait_for('meet.badge.1')
        assert person.browser.evaluate('() => probe.descriptions') >= 1


def test_a_cut_of_the_media_alone_heals_too(people, link):
    anna, bram = people().join(link), people().join(link)
    anna.wait_for_picture_of(bram)
    media = {port for port in bram.stats()['remotePorts'] if port}
    with namespace.cut(udp=media):
        end = time.monotonic() + CUT
        until(lambda: time.monotonic() > end, 'the cut', CUT + 1)
    anna.wait_for_picture_of(bram)
    bram.wait_for_picture_of(anna)
