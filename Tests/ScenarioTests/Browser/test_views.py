"""How people see and hear the meeting: who is large, no pictures at all, how the microphone listens, talking while a key
is held."""

import time

import pytest

from harness.waiting import until

# The tile that is large: whose, and which part of the stage's area and of its longer side is not the strip's.
LARGE = '''() => {
  const stage = document.querySelector('b-stage');
  const tile = stage.querySelector('b-tile[data-large]');
  if (!stage.hasAttribute('data-strip') || !tile) return null;
  const [room, large] = [stage.getBoundingClientRect(), tile.getBoundingClientRect()];
  const small = stage.querySelector('b-tile:not([data-large])').getBoundingClientRect();
  const share = stage.dataset.strip === 'beside' ? small.width / room.width : small.height / room.height;
  return { name: tile.getAttribute('aria-label'), share: 1 - share, area: large.width * large.height,
           small: small.width * small.height, count: stage.querySelectorAll('b-tile').length };
}'''


LINKS = ['meet.link.1', 'meet.link.2', 'meet.link.3', 'meet.link.4']

# What the browser does to the sound that is sent: echo, noise, volume.
TREATED = '''() => {
  const track = probe.peers.at(-1).getSenders().find(({ track }) => track?.kind === 'audio')?.track;
  if (!track) return null;
  const { echoCancellation, noiseSuppression, autoGainControl } = track.getSettings();
  return [echoCancellation, noiseSuppression, autoGainControl].map(Boolean);
}'''

# The microphone says that it is gone, as it does when somebody pulls its plug.
UNPLUG = '''() => {
  const { track } = probe.peers.at(-1).getSenders().find(({ track }) => track?.kind === 'audio');
  track.dispatchEvent(new Event('ended'));
  return track.id;
}'''

SENT = '() => probe.peers.at(-1).getSenders().find(({ track }) => track?.kind === "audio")?.track.id ?? null'


@pytest.fixture
def meeting(people, server):
    """A host and two guests who see each other; the first guest reads English."""
    links = server.create_links()
    anna, bram, chris = people().join(links['host']), people(language='en'), people()
    for guest in (bram, chris):
        guest.ask(links['guest'])
    anna.open_people()
    for guest in (bram, chris):
        anna.wait_for('people.admit', name=guest.name)
        anna.admit(guest)
        guest.wait_for('meet')
    for person in (anna, bram, chris):
        for other in (anna, bram, chris):
            if other is not person:
                person.wait_for('meet.tile', name=other.name)
    return anna, bram, chris


def test_whoever_speaks_is_large_and_oneself_never(meeting):
    anna, bram, chris = meeting
    anna.browser.page.keyboard.press('Escape')
    anna.click('av.mic.1', within=['ctl'])
    chris.click('av.mic.1', within=['ctl'])
    assert large(bram) is None, 'everybody is as large as the others'
    anna.click('meet.view.1')
    anna.wait_for('meet.view.2')
    until(lambda: named(anna) == bram.name, 'Bram speaks, and is large')
    shown = large(anna)
    assert shown['share'] >= 0.7 and shown['area'] > 4 * shown['small'] and shown['count'] == 3
    anna.wait_for_picture_of(bram)
    anna.wait_for_picture_of(chris)
    bram.click('av.mic.1', within=['ctl'])
    chris.click('av.mic.2', within=['ctl'])
    until(lambda: named(anna) == chris.name, 'Chris speaks now')
    anna.wait_for_picture_of(chris)
    # Anna speaks too: for the others she may be large, for herself she never is.
    chris.click('av.mic.1', within=['ctl'])
    anna.click('av.mic.2', within=['ctl'])
    press(bram, 'g')
    bram.wait_for('meet.view.2')
    bram.wait_to_hear('meet.view.said.2')
    until(lambda: named(bram) == anna.name, 'Anna is large for Bram')
    assert named(anna) == chris.name, 'who spoke last stays'
    press(anna, 'g')
    anna.wait_for('meet.view.1')
    until(lambda: large(anna) is None, 'all alike again')
    anna.wait_for_picture_of(bram)


def test_who_is_pinned_is_large_before_who_is_in_the_spotlight(meeting):
    anna, bram, chris = meeting
    act(anna, chris, 'person.spotlight.1')
    for person in (anna, bram, chris):
        press(person, 'g')
        person.wait_for('meet.view.2')
    until(lambda: named(bram) == chris.name, 'Chris is large for Bram')
    until(lambda: named(anna) == chris.name, 'and for Anna')
    act(anna, bram, 'person.pin.1')
    until(lambda: named(anna) == bram.name, 'what one pinned oneself comes before')
    assert named(bram) == chris.name
    assert named(chris) in (anna.name, bram.name), 'Chris is not large for himself'


def test_audio_only_means_no_picture_either_way(meeting):
    anna, bram, chris = meeting
    bram.wait_for_picture_of(anna)
    setting(bram, 'av.audioOnly', True)
    bram.wait_for_text('meet.audioOnly')
    bram.wait_for('av.camera.2', within=['ctl'])
    assert barred(bram, 'av.camera.2') == bram.names.text('av.audioOnly.camera')
    until(lambda: 'data-shown' not in tile_of(anna, bram), 'nobody sees Bram')
    wait_until_blind(bram)
    assert 'data-shown' not in tile_of(bram, anna), 'and he sees nobody'
    bram.wait_for_sound_of(anna, chris)
    anna.wait_for_sound_of(bram)
    press(bram, 'v')
    bram.wait_for_text('av.audioOnly.camera')
    assert bram.sees('av.camera.2', within=['ctl'])
    bram.click('av.audioOnly.off')
    bram.wait_for_picture_of(anna)
    bram.wait_for_picture_of(chris)
    assert bram.sees('av.camera.2', within=['ctl']), 'his camera does not come back by itself'
    assert barred(bram, 'av.camera.2') is None
    bram.click('av.camera.2', within=['ctl'])
    anna.wait_for_picture_of(bram)


def test_audio_only_is_chosen_before_the_meeting(people, server):
    anna = people()
    anna.open(server.create_links()['host'])
    anna.click('av.camera.2')
    anna.wait_for('av.camera.1')
    anna.click('av.audioOnly', within=['join'])
    anna.wait_for('av.camera.2')
    anna.browser.fill(anna.names.role('join.name'), anna.names('join.name'), anna.name)
    anna.click('join.start')
    anna.wait_for('meet')
    anna.wait_for_text('meet.audioOnly')
    assert barred(anna, 'av.camera.2') == anna.names.text('av.audioOnly.camera')


def test_the_microphone_listens_as_it_was_told(meeting):
    anna, bram, chris = meeting
    anna.wait_for_sound_of(bram)
    assert treated(bram) == [True, True, True]
    setting(bram, 'set.noise', False)
    until(lambda: treated(bram) == [True, False, True], 'noise is heard')
    setting(bram, 'set.music', True)
    until(lambda: treated(bram) == [False, False, False], 'music is left as it is')
    bram.click('ctl.settings', within=['ctl'])
    assert [is_on(bram, part) for part in ('set.echo', 'set.noise', 'set.gain', 'set.music')] == [False] * 3 + [True]
    bram.click('page.close', within=['set'])
    anna.wait_for_sound_of(bram)
    setting(bram, 'set.music', False)
    until(lambda: treated(bram) == [True, False, True], 'as it was')
    # Muted it is tuned as well, and stays muted.
    bram.click('av.mic.1', within=['ctl'])
    setting(bram, 'set.noise', True)
    assert bram.sees('av.mic.2', within=['ctl']) and treated(bram) is None
    bram.click('av.mic.2', within=['ctl'])
    until(lambda: treated(bram) == [True, True, True], 'and holds when it is on again')
    anna.wait_for_sound_of(bram)


def test_a_microphone_that_is_pulled_out_is_followed_by_the_default(meeting):
    anna, bram, chris = meeting
    anna.wait_for_sound_of(bram)
    gone = bram.browser.evaluate(UNPLUG)
    bram.wait_for('notice.settings', within=['notice'])
    until(lambda: bram.browser.evaluate(SENT) not in (gone, None), 'another one takes its place')
    assert bram.sees('av.mic.1', within=['ctl'])
    anna.wait_for_sound_of(bram)


def test_light_or_dark_and_single_keys_are_for_this_visit(people, server):
    anna = people(color_scheme='light').join(server.create_links()['host'])
    scheme = '() => getComputedStyle(document.documentElement).colorScheme'
    anna.click('ctl.settings', within=['ctl'])
    pick = anna.browser.find('combobox', anna.names('set.look'), [('dialog', anna.names('set'))])
    for name, wanted in (('set.look.dark', 'dark'), ('set.look.light', 'light'), ('set.look.system', 'light dark')):
        pick.select_option(label=anna.names(name))
        assert anna.browser.evaluate(scheme) == wanted
    anna.click('page.close', within=['set'])
    setting(anna, 'set.sounds', False)
    setting(anna, 'set.keys', False)
    press(anna, 'm')
    press(anna, 'Alt+Shift+M')
    anna.wait_for('av.mic.2', within=['ctl'])  # the second of the two alone
    press(anna, 'Alt+Shift+M')
    anna.wait_for('av.mic.1', within=['ctl'])


def test_the_connection_is_told_in_words_and_copied_without_names(meeting):
    anna, bram, chris = meeting
    bram.wait_for_picture_of(anna)
    bram.browser.evaluate('() => { navigator.clipboard.writeText = async (text) => void (probe.copied = text); }')
    open_link(bram)
    unknown = bram.names.text('link.unknown')
    until(lambda: len(facts(bram)) == 4 and unknown not in facts(bram), 'everything is measured')
    assert facts(bram)[0] != bram.names.text('link.sound.none') and facts(bram)[1] != bram.names.text('link.picture.none')
    bram.click('link.copy', within=['link'])
    bram.wait_for_text('link.copied')
    copied = bram.browser.evaluate('() => probe.copied')
    assert all(fact in copied for fact in (bram.names.text('link.delay'), ' ms; ', ' lines'))
    for secret in (anna.name, bram.name, chris.name, '127.0.0.1', 'http', '#'):
        assert secret not in copied, secret
    bram.click('av.audioOnly', within=['link'])
    until(lambda: facts(bram)[1] == bram.names.text('link.picture.off'), 'no picture, and why')
    bram.click('page.close', within=['link'])
    bram.wait_for_text('meet.audioOnly')


def test_P029_space_is_held_to_talk_and_never_against_a_host(meeting):
    anna, bram, chris = meeting
    keyboard = bram.browser.page.keyboard
    bram.click('av.mic.1', within=['ctl'])
    hold(bram)
    bram.wait_for('av.mic.1', within=['ctl'])
    bram.wait_for_text('meet.held')
    anna.wait_for_sound_of(bram)
    keyboard.up('Space')
    bram.wait_for('av.mic.2', within=['ctl'])
    assert not is_held(bram)
    hold(bram)
    bram.wait_for('av.mic.1', within=['ctl'])
    bram.browser.evaluate("() => window.dispatchEvent(new Event('blur'))")
    bram.wait_for('av.mic.2', within=['ctl'])
    keyboard.up('Space')
    # Where the key writes or presses it does nothing else.
    bram.open_chat()
    bram.in_chat('chat.text').focus()
    keyboard.down('Space')
    assert not is_held(bram)
    keyboard.up('Space')
    keyboard.press('Escape')
    # A host who mutes meanwhile is not fought, however long the key stays down.
    hold(bram)
    bram.wait_for('av.mic.1', within=['ctl'])
    act(anna, bram, 'person.mute')
    bram.wait_for('av.mic.2', within=['ctl'])
    keyboard.down('Space')
    assert bram.sees('av.mic.2', within=['ctl']) and not is_held(bram)
    keyboard.up('Space')
    anna.open_people()
    anna.click('meet.actions', within=['people.list'], name=bram.name)
    anna.click('person.mayUnmute', within=['person'], values={'name': bram.name})
    until(lambda: barred(bram, 'av.mic.2') is not None, 'Bram may not speak')
    hold(bram)
    assert bram.sees('av.mic.2', within=['ctl']) and not is_held(bram)
    keyboard.up('Space')


def hold(person):
    """Puts the space bar down while no control has the focus."""
    person.browser.evaluate('() => document.activeElement.blur()')
    person.browser.page.keyboard.down('Space')


def is_held(person):
    return person.browser.evaluate('() => document.querySelector("[data-held]").checkVisibility()')


def press(person, key):
    """A key while no control has the focus."""
    person.browser.evaluate('() => document.activeElement.blur()')
    person.browser.page.keyboard.press(key)


def large(person):
    return person.browser.evaluate(LARGE)


def named(person):
    return (large(person) or {}).get('name')


def act(person, other, wish):
    """Something about somebody, through the list of people; the dialog is closed again."""
    person.open_people()
    person.click('meet.actions', within=['people.list'], name=other.name)
    person.click(wish, within=['person'], values={'name': other.name})
    person.click('page.close', within=['person'], values={'name': other.name})
    until(lambda: not person.sees('person', name=other.name), 'the dialog is closed')


def setting(person, identifier, wanted):
    """Sets a switch of the dialog of settings, which is closed again."""
    person.click('ctl.settings', within=['ctl'])
    person.wait_for('set')
    switch = person.browser.find('switch', person.names(identifier), [('dialog', person.names('set'))])
    if switch.is_checked() != wanted:
        switch.click()
    until(lambda: switch.is_checked() == wanted, f'{identifier} is {wanted}')
    person.click('page.close', within=['set'])
    until(lambda: not person.sees('set'), 'the settings are closed')


def barred(person, identifier):
    """Why a control of the bar cannot be used; nothing where it can."""
    element = person.browser.find('button', person.names(identifier), [('region', person.names('ctl'))])
    if not element.count() or element.first.get_attribute('aria-disabled') != 'true':
        return None
    return element.first.get_attribute('aria-description')


def tile_of(person, other):
    """The attributes of somebody's tile."""
    tile = person.browser.find('group', person.names('meet.tile', name=other.name))
    return tile.first.evaluate('(tile) => tile.getAttributeNames()')


def wait_until_blind(person):
    """Waits until no picture has been decoded for two seconds."""
    seen = []

    def blind():
        seen.append((time.monotonic(), person.count('framesDecoded')))
        return any(then < seen[-1][0] - 2 and count == seen[-1][1] for then, count in seen)

    until(blind, f'{person.name} gets no picture')


def is_on(person, identifier):
    return person.browser.find('switch', person.names(identifier), [('dialog', person.names('set'))]).is_checked()


def treated(person):
    return person.browser.evaluate(TREATED)


def open_link(person):
    """The dialog about the connection, however good it is now."""
    shown = until(lambda: next((name for name in LINKS if person.sees(name)), None), 'how the connection is')
    person.click(shown)
    person.wait_for('link')


def facts(person):
    return person.browser.evaluate("() => [...document.querySelectorAll('b-link dd')].map((one) => one.textContent)")
