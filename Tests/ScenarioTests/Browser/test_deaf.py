"""A participant whose program hears the host and does nothing of it (Promise P-029): the server cuts it off and keeps it out,
and what it says against the rules is shown to nobody. `hostile.py` says how fast."""

import pytest

from harness.host import acting, allow, choose
from harness.peer import Peer
from harness.waiting import grows, until

TRIES = 2
MESSAGE = 'Dit mag hier niet staan'


@pytest.fixture
def pair(people, server):
    """A host and a guest who send nothing: whatever comes is of somebody else."""
    links = server.create_links()
    anna = people().join(links['host'], microphone=False, camera=False)
    bram = people(language='en')
    bram.ask(links['guest'], microphone=False, camera=False)
    anna.admit(bram)
    bram.wait_for('meet')
    return anna, bram, links['guest']


def test_P029_whoever_does_not_listen_is_cut_off_and_kept_out_while_they_send_on(pair):
    anna, bram, link = pair
    with Peer(link, 'Mallory', '--deaf') as mallory:
        let_in(anna, mallory)
        bram.wait_for_picture_of(mallory.name)
        # What was stopped once may begin again, and that it does shows that it never ended at its sender.
        for act, kind in (('person.mute', 'audio'), ('person.stopVideo', 'video')):
            before = [heard(bram, word) for word in ('withdrawn', 'published')]
            with acting(anna, mallory):
                anna.click(act, within=['person'], values={'name': mallory.name})
                until(lambda: heard(bram, 'withdrawn') > before[0], 'the server takes it from everybody')
            until(lambda: heard(bram, 'published') > before[1], 'Mallory begins again')
            grows(lambda: bram.count('packetsReceived', kind), f'{kind} of Mallory', by=20)
        for switch, kind in (('person.mayUnmute', 'audio'), ('person.mayVideo', 'video')):
            with acting(anna, mallory):
                allow(anna, mallory, switch, False)
                kept_out(bram, mallory, kind)
                other = 'video' if kind == 'audio' else 'audio'
                grows(lambda: bram.count('packetsReceived', other), f'{other}, which nobody forbade', by=20)
                allow(anna, mallory, switch, True)
            grows(lambda: bram.count('packetsReceived', kind), f'{kind} of Mallory', by=20)


def test_a_screen_that_nobody_may_share_is_seen_by_nobody(pair):
    anna, bram, link = pair
    with Peer(link, 'Sandor', '--deaf', '--screen', '--no-audio') as sandor:
        let_in(anna, sandor)
        # In a new meeting hosts alone share, and this one has been asking since it came.
        until(lambda: sandor.reports[-1]['refusals'] >= TRIES, 'the server refuses Sandor')
        for person in (anna, bram):
            assert not person.sees('meet.screen', name=sandor.name)
        choose(anna, 'sec.share', 'everyone')
        bram.wait_for('meet.screen', name=sandor.name)
        grows(lambda: bram.count('framesDecoded'), 'pictures of the screen', by=5)
        with acting(anna, sandor):
            allow(anna, sandor, 'person.mayShare', False)
            kept_out(bram, sandor, 'video')
        for person in (anna, bram):
            assert not person.sees('meet.screen', name=sandor.name)


def test_P041_what_is_said_although_nobody_may_is_shown_to_nobody(pair):
    anna, bram, link = pair
    with Peer(link, 'Olga', '--no-video', '--no-audio') as olga, \
            Peer(link, 'Mallory', '--deaf', '--no-video', '--no-audio', '--say', MESSAGE, '--again', '1') as mallory:
        for peer in (olga, mallory):
            let_in(anna, peer)
        for person in (anna, bram):
            person.open_chat()
            person.wait_for_message(MESSAGE)
        choose(anna, 'sec.chat', 'nobody')
        # A message under way is of the rules before; from the first that is refused on, all are.
        first = until(lambda: refused_by(olga), 'a native client refuses one')
        shown = [person.texts().count(MESSAGE) for person in (anna, bram)]
        until(lambda: refused_by(olga) >= first + 3, 'and more of them', 30)
        anna.open_chat()
        assert [person.texts().count(MESSAGE) for person in (anna, bram)] == shown
        assert mallory.process.poll() is None
        choose(anna, 'sec.chat', 'everyone')
        until(lambda: bram.texts().count(MESSAGE) > shown[1], 'what may be said is shown')


def let_in(host, peer):
    host.admit(peer.name)
    peer.wait_for(lambda report: report['state'] == 'live', 'that it is in')


def kept_out(person, peer, kind):
    """Nothing of a kind comes, however often it is tried, while its sender sends on."""
    refused, sent = peer.reports[-1]['refusals'], peer.reports[-1]['packetsSent']
    until(lambda: peer.reports[-1]['refusals'] > refused, f'the server refuses {peer.name}')
    count = person.count('packetsReceived', kind)
    until(lambda: peer.reports[-1]['refusals'] > refused + TRIES, 'and again')
    assert person.count('packetsReceived', kind) == count
    assert peer.reports[-1]['packetsSent'] > sent + 20, f'{peer.name} sends on'


def refused_by(peer):
    """How often somebody broke the rules, by the word of a native client."""
    return sum(peer.reports[-1]['faults'].values()) if peer.reports else 0


def heard(person, word):
    return person.browser.evaluate(f"() => probe.heard.filter((one) => one.word === '{word}').length")
