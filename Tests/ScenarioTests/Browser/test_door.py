"""The waiting room is a key: who is not let in gets nothing, and who is removed has nothing any more."""

import time

import pytest

from harness.peer import Peer
from harness.waiting import until


@pytest.fixture
def links(server):
    return server.create_links()


def knocks(host, *people):
    """The host sees these people at the door."""
    host.open_people()
    for person in people:
        host.wait_for('people.admit', name=person.name)


def test_P013_of_three_who_wait_one_is_let_in_and_the_others_see_nothing(people, links):
    anna = people().join(links['host'])
    bram, chris = people(), people('firefox')
    for guest in (bram, chris):
        guest.ask(links['guest'])
        guest.wait_for('wait')
    knocks(anna, bram, chris)
    anna.admit(bram)
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)
    # What came to Chris: the greeting, words about the door, and nothing of the group or of anybody in it.
    heard = chris.browser.evaluate('() => probe.heard')
    assert {message['word'] for message in heard if 'word' in message} <= {'atDoor', 'pong'}
    assert {message['frame'] for message in heard if 'frame' in message} <= {0x40, 0x41, 0x47, 0x48}
    assert chris.browser.evaluate('() => probe.peers.length') == 0
    assert 'Anna' not in chris.browser.text() and 'Bram' not in chris.browser.text()
    assert chris.sees('wait')


def test_both_sides_read_the_same_four_words(people, links):
    anna, bram = people().join(links['host']), people()
    bram.ask(links['guest'])
    knocks(anna, bram)
    mine = until(lambda: bram.words(), 'the words on the side of the guest')
    assert len(mine) == 4
    until(lambda: all(word in anna.browser.text() for word in mine), 'the same words with the host')


@pytest.mark.parametrize('kind', ['chromium', 'firefox'])
def test_P014_who_is_refused_reads_so_and_who_is_sent_back_waits_again(people, links, kind):
    anna, bram, chris = people().join(links['host']), people(kind), people()
    for guest in (bram, chris):
        guest.ask(links['guest'])
    knocks(anna, bram, chris)
    anna.refuse(chris)
    chris.wait_for_text('err.refused')
    anna.admit(bram)
    bram.wait_for('meet')
    anna.wait_for_picture_of(bram)
    anna.act_on(bram, 'person.back')
    bram.wait_for('wait')
    anna.wait_until_gone(bram)
    anna.admit(bram)
    bram.wait_for('meet')
    anna.wait_for_picture_of(bram)


def test_P016_behind_the_lock_nobody_is_let_in(people, links):
    anna, bram, chris = people().join(links['host']), people(), people()
    bram.ask(links['guest'])
    knocks(anna, bram)
    anna.admit(bram)
    anna.wait_for_picture_of(bram)
    anna.lock(True)
    chris.ask(links['guest'])
    chris.wait_for('wait')
    anna.open_people()
    anna.wait_for('people.admit', name='Chris')
    anna.admit(chris)
    time.sleep(3)  # nothing must happen in this time
    assert chris.sees('wait') and not chris.sees('meet')
    anna.lock(False)
    anna.admit(chris)
    chris.wait_for('meet')


def test_P028_who_is_removed_decodes_nothing_after_it_and_does_not_come_back(people, links):
    anna, bram = people().join(links['host']), people()
    bram.ask(links['guest'])
    knocks(anna, bram)
    anna.admit(bram)
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
    anna.act_on(bram, 'person.remove')
    bram.wait_for('after')
    decoded = bram.browser.evaluate('() => probe.decoded()')
    time.sleep(2)
    assert bram.browser.evaluate('() => probe.decoded()') == decoded
    anna.wait_until_gone(bram)
    # With another name, and a browser that knows nothing: they knock like everybody else.
    bram.ask(links['guest'])
    bram.wait_for('wait')


def test_a_host_who_reloads_is_back_in_control(people, server):
    links = server.create_links('--capacity', '2')
    anna, bram = people().join(links['host']), people()
    bram.ask(links['guest'])
    knocks(anna, bram)
    anna.admit(bram)
    anna.wait_for_picture_of(bram)
    anna.join(links['host'])  # thrown away without a goodbye
    anna.go_on()
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
    anna.act_on(bram, 'person.back')
    bram.wait_for('wait')


def test_a_native_participant_and_a_browser_have_one_key(people, links):
    anna = people().join(links['host'])
    with Peer(links['guest'], 'Piet') as peer:
        anna.admit('Piet')
        anna.wait_for_picture_of('Piet')
        peer.wait_for(lambda report: any(one['name'] == 'Anna' and one['frames'] > 20 for one in report['remotes']),
                      'pictures of Anna')
