"""When encrypting fails nothing leaves, and the person is told why. These tests break the browser on purpose."""

import json

import pytest

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
        probe.early = (probe.early ?? 0) + counts.reduce((sum, entry) => sum + entry.packetsSent, 0);
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


def test_a_transform_that_comes_late_lets_no_plaintext_out(people, link):
    """Chromium holds frames back because of encodedInsertableStreams; once the transform is there all is sealed."""
    anna, bram = people().join(link), people(script=LATE, clean=False).join(link)
    bram.wait_for_text_or_picture(anna, 'err.encrypt')
    early = bram.browser.evaluate('() => probe.early ?? 0')
    assert early == 0, f'{early} packets left before there was a transform'


def test_a_transform_that_never_comes_stops_sending_and_says_so(people, link):
    anna = people(clean=False).join(link)
    bram = people(script=NEVER, clean=False).join(link)
    bram.wait_for_text('err.encrypt')
    bram.wait_until_silent()
    assert anna.picture_of(bram) is None
    assert packets_sent(bram) == 0


@pytest.mark.parametrize('script', [LATE, NEVER], ids=['late', 'never'])
def test_firefox_shows_a_stand_in_to_a_transform_that_fails_and_never_the_person(people, link, script):
    """Firefox ignores encodedInsertableStreams and sends in clear without a transform. What it sends then is a black
    picture and silence: the camera and the microphone have been on no sender."""
    anna = people(clean=False).join(link)
    bram = people('firefox', script=script, clean=False).join(link)
    bram.wait_for_text('err.encrypt')
    bram.wait_until_silent()
    placed, sent = bram.browser.evaluate('() => probe.placed'), packets_sent(bram)
    print(f'{sent} packets of the stand-in left before it was stopped; placed on senders: {placed}')
    assert set(placed) == {'audio stand-in', 'video stand-in'}
    assert sent < 60  # one look at the statistics: a fifth of a second, more on a busy machine
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


def test_a_receiver_without_the_key_shows_nothing_and_says_whose_picture_it_is(people, link):
    """The signalling names a wrong sender id, as a hostile server might: the key that follows from it opens nothing."""
    anna, bram = people(clean=False), people(clean=False)

    def lie(route):
        real = route.connect_to_server()
        real.on_message(lambda text: route.send(swap_sender(text)))

    anna.browser.page.route_web_socket('**/socket', lie)
    anna.join(link)
    bram.join(link)
    bram.wait_for_picture_of(anna)
    nobody = anna.names.text('meet.noName')
    anna.wait_for_text('err.tile', name=nobody)
    assert anna.picture_of(nobody) is None
    assert anna.count('framesDecoded') == 0


@pytest.mark.parametrize('kind', KINDS)
def test_P009_a_browser_without_transforms_is_refused_before_any_device(people, link, kind):
    anna = people(kind, script='delete globalThis.RTCRtpScriptTransform;')
    anna.browser.open(link)
    anna.wait_for('err.title.browser')
    anna.wait_for_text('err.browser', missing=anna.names.text('missing.transform'))
    assert anna.browser.evaluate('() => probe.devices') == 0
    assert anna.browser.evaluate('() => probe.peers.length') == 0


def packets_sent(person):
    return sum(person.count('packetsSent', kind, 'outbound-rtp') for kind in ('audio', 'video'))


def swap_sender(text):
    """The same message with the first letter of every sender id changed. Names stay readable: the profile is sealed
    with the true id, so it would not open; that is shown as a guest without a name."""
    message = json.loads(text)

    def change(value):
        if isinstance(value, dict):
            return {key: flip(item) if key == 'sender' else change(item) for key, item in value.items()}
        return [change(item) for item in value] if isinstance(value, list) else value

    return json.dumps(change(message))


def flip(identifier):
    return ('A' if identifier[0] != 'A' else 'B') + identifier[1:]
