"""Each browser with `beraad-peer`, the Swift client on the same media core."""

import pytest

from harness.peer import Peer


@pytest.mark.parametrize('kind', ['chromium', 'firefox'])
def test_a_browser_and_the_swift_client_see_and_hear_each_other(people, link, kind):
    anna = people(kind).join(link)
    with Peer(link, 'Peer') as peer:
        anna.wait_for_picture_of('Peer')
        anna.wait_for_sound_of('Peer')
        peer.wait_for(lambda report: of(report, anna)['frames'] > 20, 'opened pictures')
        peer.wait_for(lambda report: of(report, anna)['audioFrames'] > 100, 'opened sound')
        last = of(peer.reports[-1], anna)
        # Frames of the epoch before are under way when the peer comes in; it has no key of an epoch it was not in.
        assert set(last['failures']) <= {'epochGone'} and last['failed'] < 50, last['failures']
        assert peer.reports[-1]['dtlsVersion'] == 'FEFC'
        assert peer.reports[-1]['srtpProfile'] == 7  # RFC 7714: AEAD_AES_128_GCM


def of(report, person):
    """What the peer received of one person."""
    nothing = {'frames': 0, 'audioFrames': 0}
    return next((remote for remote in report['remotes'] if remote['name'] == person.name), nothing)
