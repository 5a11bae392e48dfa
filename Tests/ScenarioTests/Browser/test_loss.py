"""A bad network: a seeded relay stands before the media port, for everybody. Pictures come back by retransmission, and
sound plays on."""

import socket

import pytest

from harness import namespace
from harness.relay import Relay, Weather
from harness.server import Server
from harness.waiting import until

# Sound does not come again, so what is lost is concealed: 10 to 19 % at 10 % loss on an idle machine of two cores. A third
# was counted once while something was being built there; more than that is no call any more.
CONCEALED_AT_MOST = 0.35


@pytest.fixture
def relay(request):
    relay = Relay((namespace.RELAY, free_port()), namespace.ADDRESS, seed=7, weather=Weather(delay=0.02, reorder=0.01))
    yield relay
    relay.stop()


@pytest.fixture
def server(tmp_path, output, relay):
    """A server that tells browsers the relay's address instead of its own."""
    server = Server(tmp_path / 'data', '--media-port', str(relay.port), '--bind', namespace.ADDRESS,
                    '--announce', namespace.RELAY)
    yield server
    server.stop()
    (output / 'server.log').write_text(''.join(server.log))


@pytest.mark.parametrize(('kind', 'losses'), [('chromium', [0.02, 0.10]), ('firefox', [0.10])])
def test_a_call_goes_on_under_loss(people, link, relay, kind, losses):
    anna, bram = people(kind).join(link), people().join(link)
    pair = ((anna, bram), (bram, anna))
    for one, other in pair:
        one.wait_for_picture_of(other, seconds=30)
        one.wait_for_sound_of(other)
    for loss in losses:
        must_go_on(pair, relay, loss, kind)


def must_go_on(pair, relay, loss, kind):
    before = {one.name: figures(one) for one, _ in pair}
    relay.lose(loss)
    # Everybody's pictures are counted from the same moment.
    seen = {one.name: frames(one, other) for one, other in pair}
    for one, other in pair:
        until(lambda: frames(one, other) >= seen[one.name] + 150, f'{one.name} sees {other.name} move', 60)
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)
    # So are the packets: at 2 % some seconds pass before five were lost, one way and the other.
    for one, _ in pair:
        for what in (came_again(one), 'retransmittedPacketsSent'):
            until(lambda: figures(one)[what] >= before[one.name][what] + 5, f'{what} of {one.name} grows by 5', 60)
    print(f'{kind}, {loss:.0%}: the relay lost {relay.lost} of {relay.lost + relay.passed}')
    for one, _ in pair:
        now = figures(one)
        moved = {key: value - before[one.name][key] for key, value in now.items()}
        clean, concealed = concealed_share(before[one.name]), concealed_share(moved)
        print(f'  {one.name} ({one.browser.kind}): concealed {concealed:.1%} of the sound, {clean:.1%} before; {moved}')
        assert moved['framesDecoded'] >= 100
        assert moved[came_again(one)] >= 5
        assert moved['pliCount'] < moved['nackCount'] / 5, 'whole pictures were asked for instead'
        assert concealed < CONCEALED_AT_MOST


def frames(one, other):
    return (one.picture_of(other) or {}).get('frames', 0)


def concealed_share(figures):
    return figures['concealedSamples'] / max(1, figures['totalSamplesReceived'])


def came_again(person):
    """Firefox does not count what comes again; that it asks, and how seldom for a whole picture, says as much."""
    return 'retransmittedPacketsReceived' if person.browser.kind == 'chromium' else 'nackCount'


def figures(person):
    """Sums over everything this person receives."""
    stats = person.stats()['inbound-rtp']
    keys = ('framesDecoded', 'retransmittedPacketsReceived', 'nackCount', 'pliCount', 'freezeCount',
            'totalFreezesDuration', 'packetsReceived', 'packetsLost', 'concealedSamples', 'totalSamplesReceived')
    sums = {key: round(sum(entry[key] or 0 for entry in stats), 2) for key in keys}
    return {**sums, 'retransmittedPacketsSent': person.count('retransmittedPacketsSent', 'video', 'outbound-rtp')}


def free_port():
    """A number that is free at both addresses, for UDP and TCP."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp:
            tcp.bind((namespace.ADDRESS, 0))
            port = tcp.getsockname()[1]
            try:
                for address in (namespace.ADDRESS, namespace.RELAY):
                    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                        udp.bind((address, port))
                return port
            except OSError:
                continue
