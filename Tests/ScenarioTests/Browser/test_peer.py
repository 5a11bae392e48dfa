"""Each browser with `beraad-peer`, the Swift client on the same media core."""

import pytest

from harness.peer import Peer


@pytest.mark.parametrize('kind', ['chromium', 'firefox'])
def test_a_browser_and_the_swift_client_see_and_hear_each_other(people, link, kind):
    anna = people(kind).join(link)
    with Peer(link, 'Peer') as peer:
        anna.wait_for_picture_of('Peer')
        anna.wait_for_sound_of('Peer')
        peer.wait_for(lambda report: decrypted(report, 'video') > 20, 'opened pictures')
        peer.wait_for(lambda report: decrypted(report, 'audio') > 20, 'opened sound')
        first = decrypted(peer.reports[-1], 'video')
        peer.wait_for(lambda report: decrypted(report, 'video') > first + 20, 'more opened pictures')


def decrypted(report, kind):
    """Frames of a kind that the peer opened, over all tracks of one report."""
    return sum(track.get('decrypted', 0) for track in report.get('tracks', []) if track.get('kind') == kind)
