"""When encrypting fails nothing leaves, and the person is told why. These tests break the browser on purpose."""

import pytest

from harness.peer import Peer
from harness.waiting import until

# The setter answers only after the page thinks it has been obeyed: a transform that comes late.
LATE = '''
for (const type of [RTCRtpSender]) {
  const real = Object.getOwnPropertyDescriptor(type.prototype, 'transform');
  Object.defineProperty(type.prototype, 'transform', {
    get() { return this.shown ?? null; },
    set(value) {
      this.shown = value;
      probe.unset = (probe.unset ?? 0) + 1;
      setTimeout(async () => {
        const counts = [...(await this.getStats()).values()].filter((entry) => entry.type === 'outbound-rtp');
        // What a sender sent that was given its transform before is sealed. A packet of padding alone, with which Chromium
        // tries the line, holds no byte of anybody: bytesSent is without headers and padding (RFC 3550 section 6.4.1).
        if (!this.hasTransform) {
          probe.early = (probe.early ?? []).concat(counts.filter((entry) => entry.bytesSent > 0).map((entry) =>
            [this.track?.kind, entry.kind, entry.packetsSent, entry.bytesSent, entry.retransmittedPacketsSent]));
        }
        this.hasTransform = true;
        real.set.call(this, value);
        probe.unset -= 1;
      }, 3000);
    },
  });
}'''

# The setter does nothing at all.
NEVER = '''
Object.defineProperty(RTCRtpSender.prototype, 'transform', {
  get() { return this.shown ?? null; },
  set(value) { this.shown = value; },
});'''

KINDS = ['chromium', 'firefox']

# What leaks once leaks: no second try.
pytestmark = pytest.mark.flaky(reruns=0)


def test_a_transform_that_comes_late_lets_no_plaintext_out(people, link):
    """Chromium holds frames back because of encodedInsertableStreams; once the transform is there all is sealed."""
    anna, bram = people().join(link), people(script=LATE, clean=False).join(link)
    bram.wait_for_text_or_picture(anna, 'err.encrypt')
    until(lambda: bram.browser.evaluate('() => probe.unset === 0'), 'each transform was set in the end')
    early = bram.browser.evaluate('() => probe.early')
    assert early == [], f'packets left before there was a transform: {early}'
    assert sent(anna, 'bytesSent') > 0, 'this browser counts the bytes it sends'


def test_a_transform_that_never_comes_stops_sending_and_says_so(people, link):
    anna = people(clean=False).join(link)
    bram = people(script=NEVER, clean=False).join(link)
    bram.wait_for_text('err.encrypt')
    bram.wait_until_silent()
    assert anna.picture_of(bram) is None
    assert sent(bram, 'bytesSent') == 0
    assert sent(anna, 'bytesSent') > 0, 'this browser counts the bytes it sends'


@pytest.mark.parametrize('script', [LATE, NEVER], ids=['late', 'never'])
def test_firefox_shows_a_stand_in_to_a_transform_that_fails_and_never_the_person(people, link, script):
    """Firefox ignores encodedInsertableStreams and sends in clear without a transform. What it sends then is a black
    picture and silence: the camera and the microphone have been on no sender."""
    anna = people(clean=False).join(link)
    bram = people('firefox', script=script, clean=False).join(link)
    bram.wait_for_text('err.encrypt')
    bram.wait_until_silent()
    placed, packets = bram.browser.evaluate('() => probe.placed'), sent(bram, 'packetsSent')
    print(f'{packets} packets of the stand-in left before it was stopped; placed on senders: {placed}')
    assert set(placed) == {'audio stand-in', 'video stand-in'}
    assert packets < 60  # one look at the statistics: a fifth of a second, more on a busy machine
    assert anna.picture_of(bram) is None
    assert anna.count('framesDecoded') == 0


def test_firefox_sends_the_person_once_the_worker_has_taken_a_frame_of_the_stand_in(people, link):
    anna, bram = people().join(link), people('firefox').join(link)
    anna.wait_for_picture_of(bram)
    anna.wait_for_sound_of(bram)
    placed = bram.browser.evaluate('() => probe.placed')
    for kind in ('audio', 'video'):
        assert [what for what in placed if what.startswith(kind)] == [f'{kind} stand-in', f'{kind} person']


@pytest.mark.parametrize('kind', KINDS)
def test_a_worker_that_dies_stops_sending_and_says_so(people, link, kind):
    anna, bram = people(clean=False).join(link), people(kind, clean=False).join(link)
    anna.wait_for_picture_of(bram)
    bram.browser.evaluate("() => probe.workers.filter((one) => one.url.includes('media-worker'))"
                          '.forEach((one) => one.worker.terminate())')
    bram.wait_for_text('err.encrypt')
    bram.wait_until_silent()


def test_a_browser_that_the_server_keeps_in_an_old_epoch_opens_nothing_new_and_stops_sending(people, server):
    """withhold-from-one: the group's messages and its log do not reach Anna any more; words and media do."""
    links = server.create_links()
    anna, bram = people(clean=False), people(clean=False)
    holding = []

    def withhold(route):
        real = route.connect_to_server()

        def pass_on(message):
            if not (holding and isinstance(message, bytes) and message[0] in (0x43, 0x48)):  # Event and Data
                route.send(message)

        real.on_message(pass_on)

    anna.browser.page.route_web_socket('**/socket', withhold)
    with Peer(links['host'], 'Gastvrouw', '--admit'):
        anna.join(links['guest'])
        anna.wait_for_picture_of('Gastvrouw')
        holding.append(True)
        bram.join(links['guest'])
        bram.wait_for_picture_of('Gastvrouw')
        assert not anna.sees('meet.tile', name='Bram')
        until(lambda: anna.names.text('err.noProof', seconds=20) in anna.browser.text(), 'Anna reads that nothing is sent', 40)
        anna.wait_until_silent()
        shown = anna.picture_of('Gastvrouw')['frames']
        bram.wait_for_picture_of('Gastvrouw', frames=60)
        assert anna.picture_of('Gastvrouw')['frames'] == shown, 'a picture of an epoch that Anna has no key of'


@pytest.mark.parametrize('kind', KINDS)
def test_P009_a_browser_without_transforms_is_refused_before_any_device(people, link, kind):
    anna = people(kind, script='delete globalThis.RTCRtpScriptTransform;')
    anna.browser.open(link)
    anna.wait_for('err.title.browser')
    anna.wait_for_text('err.browser', missing=anna.names.text('missing.transform'))
    assert anna.browser.evaluate('() => probe.devices') == 0
    assert anna.browser.evaluate('() => probe.peers.length') == 0


def sent(person, what):
    return sum(person.count(what, kind, 'outbound-rtp') for kind in ('audio', 'video'))
