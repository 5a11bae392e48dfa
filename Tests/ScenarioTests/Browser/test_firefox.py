"""The same meeting between Chromium and Firefox, in every combination."""

import pytest


@pytest.mark.parametrize('kinds', [('chromium', 'firefox'), ('firefox', 'chromium'), ('firefox', 'firefox')],
                         ids='-'.join)
def test_both_see_and_hear_each_other(people, link, kinds):
    one, other = (people(kind).join(link) for kind in kinds)
    for here, there in ((one, other), (other, one)):
        here.wait_for_picture_of(there)
        here.wait_for_sound_of(there)


def test_three_in_a_room_all_see_and_hear_the_other_two(people, link):
    room = [people(kind).join(link) for kind in ('chromium', 'firefox', 'chromium')]
    for one in room:
        others = [other for other in room if other is not one]
        for other in others:
            one.wait_for_picture_of(other)
        one.wait_for_sound_of(*others)


def test_firefox_too_has_dtls_1_3_and_an_aead_cipher(people, link):
    anna, bram = people('firefox').join(link), people().join(link)
    anna.wait_for_picture_of(bram)
    transport, = anna.stats()['transport']
    assert transport['tlsVersion'] == 'FEFC'
    assert 'AEAD' in transport['srtpCipher']
