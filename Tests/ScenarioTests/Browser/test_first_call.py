"""Two people in Chromium open the same link, and see and hear each other."""

import pytest


@pytest.fixture
def pair(people, link):
    return people().join(link), people(language='en').join(link)


def test_both_see_and_hear_each_other(pair):
    anna, bram = pair
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)


def test_P011_the_browser_sees_a_sealed_call_and_no_secret(pair, link):
    """What needs nothing but two people in a call, in one call."""
    anna, bram = pair
    anna.wait_for_picture_of(bram)
    for person in pair:
        transport, = person.stats()['transport']
        assert transport['dtlsState'] == 'connected'
        assert transport['tlsVersion'] == 'FEFC'  # RFC 9147: DTLS 1.3
        assert transport['srtpCipher'].startswith(('AEAD_', 'SRTP_AEAD_')), transport['srtpCipher']
        configuration = person.browser.evaluate('() => probe.configurations.at(-1)')
        assert configuration['encodedInsertableStreams'] is True
        must_keep_the_secret_out_of_sight(person.browser, link)


def must_keep_the_secret_out_of_sight(browser, link):
    secret, meeting = link.rsplit('#', 1)[1], link.rsplit('#', 1)[0].rsplit('/', 1)[1]
    assert secret not in browser.url()
    assert secret not in browser.text() and meeting not in browser.text()
    assert secret not in browser.title() and meeting not in browser.title()


def test_one_description_is_enough_for_the_whole_call(pair, people, link):
    anna, bram = pair
    people().join(link)
    anna.wait_for_picture_of('Chris')
    for person in (anna, bram):
        assert person.browser.evaluate('() => probe.descriptions') == 1


def test_P018_one_name_is_all_that_is_asked(people, link):
    anna = people()
    anna.open(link)
    required = anna.browser.page.locator('input[required], input:not([type=range]):not([type=checkbox])')
    assert required.count() == 1
    assert anna.browser.page.locator('input[type=email], input[autocomplete=email]').count() == 0


def test_no_device_is_opened_before_the_person_asks(people, link):
    anna = people()
    anna.open(link)
    assert anna.browser.evaluate('() => probe.devices') == 0
    anna.click('av.mic.2')
    anna.wait_for('av.mic.1')
    assert anna.browser.evaluate('() => probe.devices') == 1


@pytest.mark.parametrize('kind', ['chromium', 'firefox'])
def test_a_muted_microphone_and_a_camera_turned_off_send_nothing(people, link, kind):
    anna, bram = people().join(link), people(kind).join(link)
    anna.wait_for_picture_of(bram)
    bram.click('av.mic.1', within=['ctl'])
    bram.click('av.camera.1', within=['ctl'])
    bram.wait_for('av.mic.2', within=['ctl'])
    bram.wait_for('av.camera.2', within=['ctl'])
    before = [entry['packetsSent'] for entry in bram.stats()['outbound-rtp']]
    anna.wait_for_sound_to_end()
    after = [entry['packetsSent'] for entry in bram.stats()['outbound-rtp']]
    assert all(now - then < 50 for then, now in zip(before, after)), (before, after)
    bram.wait_until_silent()
    bram.click('av.camera.2', within=['ctl'])
    anna.wait_for_picture_of(bram)


def test_leaving_lets_go_of_workers_cameras_and_connections(pair):
    anna, bram = pair
    anna.wait_for_picture_of(bram)
    anna.leave()
    anna.wait_for('after.receipt')
    states = anna.browser.evaluate('() => probe.peers.map((peer) => peer.connectionState)')
    assert set(states) == {'closed'}
    bram.wait_until_gone(anna)
