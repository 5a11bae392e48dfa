"""Sharing a screen (Promise P-043): what is chosen is looked at before anybody else sees it, and nothing of it leaves until
then."""

import time

import pytest

from harness.waiting import grows, until

# The screen and its sound are the third and the fourth section of every offer, and a browser numbers them from 0.
SECTIONS = ('2', '3')


@pytest.fixture
def meeting(people, server):
    """A host and a guest, who reads English; the browser's own picker gives a window, with sound."""
    return meet(people, server, 1)


def meet(people, server, guests):
    links = server.create_links()
    anna = people().join(links['host'])
    others = [people(language='en' if number == 0 else 'nl') for number in range(guests)]
    for guest in others:
        guest.ask(links['guest'])
        anna.admit(guest)
        guest.wait_for('meet')
    everybody = [anna, *others]
    for person in everybody:
        for other in everybody:
            if other is not person:
                person.wait_for('meet.tile', name=other.name)
    return everybody


def test_P043_nothing_of_a_screen_leaves_before_it_is_published(meeting):
    anna, bram = meeting
    bram.wait_for_picture_of(anna)
    for turn_back in (lambda: anna.click('share.cancel', within=['share']),
                      lambda: anna.browser.page.keyboard.press('Escape'),
                      lambda: anna.click('page.close', within=['share'])):
        choose(anna)
        grows(lambda: preview(anna).get('frames', 0), 'Anna sees what she chose', by=5)
        assert sent(anna) == 0 and 'video screen' not in placed(anna)
        turn_back()
        until(lambda: not anna.sees('share'), 'the dialog is closed')
        until(lambda: captured(anna) == set(), 'nothing is captured any more')
    asked = anna.browser.evaluate('() => probe.asked[0]')
    assert asked['video'] == {'displaySurface': 'window', 'frameRate': {'max': 30}}
    assert (asked['selfBrowserSurface'], asked['monitorTypeSurfaces']) == ('exclude', 'include')
    assert sent(anna) == 0 and 'video screen' not in placed(anna)
    assert not anna.sees('sharing') and not bram.sees('meet.screen', name=anna.name)


def test_a_screen_takes_the_stage_is_paused_and_ends(meeting, output):
    anna, bram = meeting
    bram.wait_for_picture_of(anna)
    descriptions = [person.browser.evaluate('() => probe.descriptions') for person in meeting]
    publish(anna)
    bram.wait_to_hear('sharing.theirs', name=anna.name)
    wait_for_screen(bram, anna)
    bram.wait_for_picture_of(anna)  # whoever shares stays in sight
    bram.browser.screenshot(output / 'screen-of-another.png')
    stage, large = area(bram, 'b-stage'), area(bram, 'b-screen[data-large]')
    assert large > 0.6 * stage, (large, stage)
    view = bram.browser.find('button', bram.names('meet.view.1'))
    assert view.get_attribute('aria-disabled') == 'true'
    assert view.get_attribute('aria-description') == bram.names.text('meet.view.screen')
    # Oneself sees words: a picture of it would show itself.
    anna.wait_for('meet.screen.own')
    assert anna.browser.evaluate('() => document.querySelector("b-screen video")') is None
    assert 'audio screen' not in placed(anna), 'sound was not switched on'

    anna.click('sharing.pause.1', within=['sharing'])
    wait_until_nothing_of_it_is_sent(anna)
    bram.wait_for_text('meet.screen.paused')
    assert bram.sees('meet.screen', name=anna.name)
    anna.click('sharing.pause.2', within=['sharing'])
    wait_for_screen(bram, anna)
    until(lambda: bram.names.text('meet.screen.paused') not in bram.browser.text(), 'it moves again')

    anna.click('ctl.share.2', within=['sharing'])
    until(lambda: not bram.sees('meet.screen', name=anna.name), 'the stage is free')
    until(lambda: view.get_attribute('aria-disabled') is None, 'and the view can be changed')
    wait_until_nothing_of_it_is_sent(anna)
    assert captured(anna) == set()
    bram.wait_for_picture_of(anna)
    assert [person.browser.evaluate('() => probe.descriptions') for person in meeting] == descriptions
    # Once more, and into the same sections.
    publish(anna)
    wait_for_screen(bram, anna)


def test_whoever_wants_no_pictures_reads_that_a_screen_is_one(meeting):
    anna, bram = meeting
    anna.click_control('ctl.settings')
    anna.click('av.audioOnly', within=['set'])
    anna.browser.page.keyboard.press('Escape')
    anna.wait_for_text('meet.audioOnly')
    choose(anna)
    anna.wait_for_text('share.audioOnly')
    anna.click('share.publish', within=['share'])
    wait_for_screen(bram, anna)


def test_sound_of_a_screen_is_shared_when_it_is_switched_on(meeting):
    anna, bram = meeting
    bram.wait_for_sound_of(anna)
    choose(anna)
    anna.browser.find('switch', anna.names('share.sound'), [('dialog', anna.names('share'))]).click()
    anna.browser.find('radio', anna.names('share.motion'), [('dialog', anna.names('share'))]).check()
    anna.click('share.publish', within=['share'])
    wait_for_screen(bram, anna)
    assert {'video screen', 'audio screen'} <= set(placed(anna))
    hints = anna.browser.evaluate('() => probe.captured.map((track) => `${track.kind} ${track.contentHint}`)')
    assert 'video motion' in hints
    before = received(bram)
    until(lambda: sum(now > before.get(mid, 0) + 20 for mid, now in received(bram).items()) == 2,
          'Bram gets two sounds of Anna')


def test_what_ends_by_itself_is_said_and_the_key_ends_it_too(meeting):
    anna, bram = meeting
    publish(anna)
    wait_for_screen(bram, anna)
    anna.browser.evaluate("() => probe.captured.forEach((track) => { track.stop(); track.dispatchEvent(new Event('ended')); })")
    anna.wait_to_hear('sharing.ended')
    until(lambda: not anna.sees('sharing') and not bram.sees('meet.screen', name=anna.name), 'it has ended')
    anna.browser.evaluate('() => document.activeElement.blur()')
    anna.browser.page.keyboard.press('s')
    anna.wait_for('share')
    anna.click('share.publish', within=['share'])
    wait_for_screen(bram, anna)
    # The device is locked, or the window out of sight: nothing goes on by itself.
    anna.browser.evaluate("() => probe.captured.forEach((track) => track.dispatchEvent(new Event('mute')))")
    anna.wait_for('sharing.pause.2', within=['sharing'])
    wait_until_nothing_of_it_is_sent(anna)
    anna.browser.evaluate('() => document.activeElement.blur()')
    anna.browser.page.keyboard.press('s')
    until(lambda: not anna.sees('sharing') and not bram.sees('meet.screen', name=anna.name), 'the key ends it')


def test_guests_share_when_a_host_lets_them_and_stop_when_not_any_more(meeting):
    anna, bram = meeting
    until(lambda: barred(bram) == bram.names.text('ctl.share.barred'), 'in a new meeting hosts alone share')
    assert barred(anna) is None
    bram.browser.page.keyboard.press('s')
    bram.wait_for_text('ctl.share.barred')
    assert bram.browser.evaluate('() => probe.asked') == []
    who_may(anna, 'everyone')
    until(lambda: barred(bram) is None, 'now everybody may')
    publish(bram)
    wait_for_screen(anna, bram)
    who_may(anna, 'hosts')
    bram.wait_for_text('host.screen.off')
    until(lambda: not bram.sees('sharing') and not anna.sees('meet.screen', name=bram.name), 'it has ended')
    until(lambda: barred(bram) == bram.names.text('ctl.share.barred'), 'and may not begin again')
    assert captured(bram) == set()
    wait_until_nothing_of_it_is_sent(bram)
    who_may(anna, 'everyone')
    until(lambda: barred(bram) is None, 'may, and does not by itself')
    assert not bram.sees('sharing') and not anna.sees('meet.screen', name=bram.name)


def test_of_two_screens_the_first_stays_and_the_second_can_be_reached(people, server):
    anna, bram, chris = meet(people, server, 2)
    who_may(anna, 'everyone')
    until(lambda: barred(bram) is None, 'everybody may share')
    publish(anna)
    wait_for_screen(chris, anna)
    publish(bram)
    chris.wait_for('meet.screen.next', name=bram.name)
    assert chris.sees('meet.screen', name=anna.name)
    wait_for_screen(chris, anna)
    chris.click('meet.screen.next', name=bram.name)
    wait_for_screen(chris, bram)
    bram.click('ctl.share.2', within=['sharing'])
    wait_for_screen(chris, anna)


def choose(person):
    person.click('ctl.share.1', within=['ctl'])
    person.wait_for('share')


def publish(person):
    choose(person)
    person.click('share.publish', within=['share'])
    person.wait_for('sharing')


def who_may(host, audience):
    """Says who may share a screen, and waits until the group does."""
    if not host.sees('sec'):
        host.click('ctl.security', within=['ctl'])
        host.wait_for('sec')
    choice = host.browser.find(host.names.role('sec.share'), host.names('sec.share'), [('region', host.names('sec'))])
    choice.select_option(audience)
    until(lambda: choice.input_value() == audience and choice.get_attribute('aria-disabled') != 'true',
          f'{audience} may share')


def barred(person):
    """Why the control cannot be used; nothing where it can."""
    element = person.browser.find('button', person.names('ctl.share.1'), [('region', person.names('ctl'))])
    if not element.count() or element.first.get_attribute('aria-disabled') != 'true':
        return None
    return element.first.get_attribute('aria-description')


def preview(person):
    return person.browser.video_in('group', person.names('share.what')) or {}


def screen_of(person, other):
    return person.browser.video_in(person.names.role('meet.screen'), person.names('meet.screen', name=other.name))


def wait_for_screen(person, other):
    grows(lambda: (screen_of(person, other) or {}).get('frames', 0), f'{person.name} sees the screen of {other.name} move',
          by=5, seconds=20)


def sent(person):
    """Bytes of the screen and its sound: without headers and padding, with which Chromium tries the line (RFC 3550 6.4.1)."""
    return sum(entry['bytesSent'] or 0 for entry in person.stats()['outbound-rtp'] if entry['mid'] in SECTIONS)


def wait_until_nothing_of_it_is_sent(person):
    seen = []

    def rests():
        seen.append((time.monotonic(), sent(person)))
        return any(then < seen[-1][0] - 2 and count == seen[-1][1] for then, count in seen)

    until(rests, f'{person.name} sends nothing of a screen')


def received(person):
    """Packets of sound by section."""
    return {entry['mid']: entry['packetsReceived'] or 0
            for entry in person.stats()['inbound-rtp'] if entry['kind'] == 'audio'}


def placed(person):
    return person.browser.evaluate('() => probe.placed')


def captured(person):
    """The kinds of what is being captured of a screen now."""
    live = "() => probe.captured.filter((track) => track.readyState === 'live').map((track) => track.kind)"
    return set(person.browser.evaluate(live))


def area(person, selector):
    return person.browser.evaluate(f"""() => {{
      const {{ width, height }} = document.querySelector('{selector}').getBoundingClientRect();
      return width * height;
    }}""")
