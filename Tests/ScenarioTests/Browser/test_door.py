"""The waiting room is a key: who is not let in gets nothing, and who is removed has nothing any more."""

import re

import pytest

from harness.peer import Peer
from harness.places import ROOT
from harness.waiting import until


# Both words of every picture that people compare, by its number.
PICTURES = re.findall(r"nl: '([^']+)', en: '([^']+)'",
                      (ROOT / 'Web' / 'strings' / 'words' / 'pictures.js').read_text('utf-8'))


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
    anna.wait_for_text('act.refused', act=anna.names.text('people.admit.short'))  # so it was tried, and came to nothing
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
    anna.wait_until_gone(bram)
    with Peer(links['guest'], 'Piet') as peer:  # Anna's pictures go on, in keys of after it
        anna.admit('Piet')
        peer.wait_for(sees(anna), 'pictures of Anna')
    assert bram.browser.evaluate('() => probe.decoded()') == decoded
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
        peer.wait_for(sees(anna), 'pictures of Anna')


def test_everybody_reads_the_same_meeting_code_and_another_one_when_somebody_has_gone(people, links):
    anna, bram = people().join(links['host']), people('firefox')
    bram.ask(links['guest'])
    with Peer(links['guest'], 'Piet') as peer:
        knocks(anna, bram)
        anna.wait_for('people.admit', name='Piet')
        anna.admit(bram, 'Piet')
        for person in (anna, bram):
            person.wait_for('meet.tile', name='Piet')
        peer.wait_for(lambda report: len(report['remotes']) == 2, 'both')
        first = until(lambda: len({*codes(anna, bram), peer.reports[-1].get('code')}) == 1 and anna.code(), 'one code')
        assert len(first) == 30 and first.isdigit()
    until(lambda: anna.code() != first and len(codes(anna, bram)) == 1, 'another code, the same for both')


def test_P048_who_compared_equal_pictures_is_verified_and_other_pictures_stop_sending(people, links):
    anna, bram = people().join(links['host']), people(language='en')
    bram.ask(links['guest'])
    with Peer(links['guest'], 'Piet'):
        knocks(anna, bram)
        anna.wait_for('people.admit', name='Piet')
        anna.admit(bram, 'Piet')
        anna.wait_for_picture_of(bram)
        bram.wait_for_picture_of('Piet')
        assert bram.label_of('Piet') == bram.names.text('role.participant')
        bram.click('ctl.people', within=['ctl'])
        focused = bram.browser.evaluate('() => document.activeElement.textContent')
        compare(anna)
        # Bram has no dialog open: the pictures stand over the meeting, and the focus where it was.
        bram.wait_for('keys.round')
        assert numbers(anna) == numbers(bram)
        assert bram.browser.evaluate('() => document.activeElement.textContent') == focused
        bram.click('keys.same', within=['keys.round'])
        bram.wait_for('meet.badge.2')
        assert bram.label_of('Piet') == bram.names.text('label.verified')
        assert bram.label_of(anna) == bram.names.text('role.host')
        before = numbers(anna)
        compare(anna, unlike=before)
        bram.wait_for('keys.round')
        assert numbers(anna) == numbers(bram) != before
        bram.click('keys.differ', within=['keys.round'])
        bram.wait_for_text('err.stranger')
        bram.wait_for('meet.badge.4')
        bram.wait_until_silent()
        bram.open_keys()
        bram.click('keys.same', within=['keys'])  # it was a slip
        bram.wait_for('meet.badge.2', within=None)
        bram.close_dialog()
        anna.click('keys.same', within=['keys'])
        anna.close_dialog()
        assert anna.label_of(bram) == anna.names.text('label.verified')
        anna.wait_for_picture_of(bram)


def test_a_double_click_lets_in_one_and_not_the_next(people, links):
    anna = people().join(links['host'])
    with Peer(links['guest'], 'Piet'):
        anna.wait_for('people.admit', ['meet.door'], name='Piet')
        seen = anna.browser.evaluate('() => performance.now()')
        with Peer(links['guest'], 'Mia'):
            anna.wait_for_text('meet.door.more.one', name='Piet')
            # A click right after somebody came is taken for one that was meant for whoever stood there before.
            until(lambda: anna.browser.evaluate('() => performance.now()') > seen + 1000, 'a moment to look')
            anna.browser.find('button', anna.names('people.admit', name='Piet'), [('region', anna.names('meet.door'))]).dblclick()
            anna.wait_for('meet.tile', name='Piet')
            # Whoever was answered does not stand in the banner any more; Mia does.
            anna.wait_for('people.admit', ['meet.door'], name='Mia')
            assert not anna.sees('meet.tile', name='Mia')


@pytest.mark.parametrize('kind', ['chromium', 'firefox'])
def test_try_again_after_a_worker_died_brings_somebody_back_with_new_keys(people, links, kind):
    anna, bram = people().join(links['host']), people(kind, clean=False)
    bram.ask(links['guest'])
    knocks(anna, bram)
    anna.admit(bram)
    anna.wait_for_picture_of(bram)
    bram.browser.evaluate("() => probe.workers.filter((one) => one.url.includes('media-worker'))"
                          '.forEach((one) => one.worker.terminate())')
    bram.wait_for_text('err.encrypt')
    bram.click('notice.retry', within=['notice'])
    bram.wait_for('wait')
    bram.wait_for_text('wait.again')
    anna.admit(bram)
    bram.wait_for('meet')
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)


def sees(person):
    """A report of a native participant to whom this person's pictures come."""
    return lambda report: any(one['name'] == person.name and one['frames'] > 20 for one in report['remotes'])


def codes(*people):
    return {person.code() for person in people}


def compare(host, unlike=()):
    """The host begins a round, and has its pictures."""
    host.open_keys()
    host.click('keys.compare', within=['keys'])
    until(lambda: len(host.pictures()) == 7 and numbers(host) != unlike, 'seven pictures')


def numbers(person):
    """The pictures that somebody sees, by their numbers, whatever the language."""
    words = [row[0 if person.names.language == 'nl' else 1] for row in PICTURES]
    return [words.index(word) for word in person.pictures()]
