"""Every screen in both languages, light and dark, on a desk and on a phone: axe finds nothing, and a picture is kept
in output/ for a person to look at."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from harness.accounts import EMAIL, PASSWORD, fill, set_up_token, site
from harness.files import choose, let_files
from harness.host import end_for_all
from harness.peer import Peer
from harness.waiting import until

SIZES = {'desk': {'width': 1280, 'height': 800}, 'phone': {'width': 390, 'height': 844}}


# Each language, each scheme and each size with each of the others, in four runs instead of eight.
LOOKS = [('nl', 'light', 'desk'), ('nl', 'dark', 'phone'), ('en', 'dark', 'desk'), ('en', 'light', 'phone')]

# The main screens once more where the reader's own colours take the place of ours.
FORCED = [*LOOKS, ('nl', 'forced', 'desk')]


def appearance(scheme):
    """How a browser is told: a scheme of ours, or colours of its own (dark ones, for text is light on them)."""
    return {'color_scheme': 'dark', 'forced_colors': 'active'} if scheme == 'forced' else {'color_scheme': scheme}


@pytest.fixture
def look(output):
    """Checks one screen and keeps its picture; what axe says is gathered, so that one run names all."""
    found = []

    def check(person, screen):
        person.browser.screenshot(output / f'{screen}.png')
        # Axe reads the colours that were asked for, not the reader's own.
        is_forced = person.browser.evaluate('() => matchMedia("(forced-colors: active)").matches')
        options = {'resultTypes': ['violations'], 'rules': {'color-contrast': {'enabled': not is_forced}}}
        for violation in Axe().run(person.browser.page, options=options).response['violations']:
            nodes = [node['html'][:120] for node in violation['nodes']]
            found.append(f'{screen}: {violation["id"]}: {violation["help"]}: {nodes}')

    yield check
    assert found == []


@pytest.mark.parametrize(('language', 'scheme', 'size'), FORCED)
def test_every_screen_is_accessible(people, server, look, tmp_path, language, scheme, size):
    links = server.create_links()
    person = people(language=language, viewport=SIZES[size], **appearance(scheme), has_touch=size == 'phone')
    person.browser.open(server.address)
    person.wait_for('home')
    look(person, 'home')
    person.browser.open(links['guest'].split('#')[0])
    person.wait_for_text('err.link')
    look(person, 'error')
    person.open(links['host'])
    look(person, 'prejoin')
    person.click('av.camera.2')
    person.wait_for('av.camera.1')
    look(person, 'prejoin-camera')
    person.browser.fill('textbox', person.names('join.name'), person.name)
    person.click('join.start')
    person.wait_for('meet')
    look(person, 'meeting-alone')
    with Peer(links['guest'], 'Bram de Vries'), Peer(links['guest'], 'Chris'):
        person.wait_for('meet.door')
        look(person, 'meeting-door')
        person.open_people()
        for name in ('Bram de Vries', 'Chris'):
            person.wait_for('people.admit', name=name)
        look(person, 'people-waiting')
        person.admit('Bram de Vries', 'Chris')
        person.wait_for('meet.actions', name='Chris')
        look(person, 'people')
        person.browser.page.keyboard.press('Escape')
        person.wait_for_picture_of('Bram de Vries')
        person.wait_for_picture_of('Chris')
        look(person, 'meeting')
        person.click('meet.view.1')
        person.wait_for('meet.view.2')
        look(person, 'meeting-speaker')
        person.click('meet.view.2')
        person.wait_for('meet.view.1')
        person.click_control('ctl.settings')
        person.click('av.audioOnly', within=['set'])
        person.browser.page.keyboard.press('Escape')
        person.wait_for_text('meet.audioOnly')
        look(person, 'meeting-audio-only')
        person.click('av.audioOnly.off')
        person.wait_for_picture_of('Chris')
        talk(person, look)
        give(person, look, tmp_path / 'Agenda van maandag.odt')
        share(person, look)
        for opener, dialog in (('ctl.invite', 'invite'), ('ctl.settings', 'set'), ('ctl.more', 'more'), ('meet.link.1', 'link'),
                               ('meet.badge.1', 'keys'), ('page.help', 'page.help'), ('ctl.leave', 'leave')):
            if not person.sees(opener):
                continue  # a phone keeps some of them elsewhere
            person.click(opener)
            person.browser.page.get_by_role('dialog').first.wait_for()
            look(person, f'dialog-{dialog}')
            person.browser.page.keyboard.press('Escape')
        compare_and_act(person, look)
    person.leave()
    look(person, 'after')
    with Peer(links['host'], 'Gastvrouw'):
        person.ask(links['guest'], microphone=False)
        person.wait_for('wait.code')
        look(person, 'waiting-room')


@pytest.mark.parametrize(('language', 'scheme', 'size'), FORCED)
def test_every_screen_of_a_host_and_of_who_is_invited_is_accessible(people, server, look, language, scheme, size):
    options = {'language': language, 'viewport': SIZES[size], **appearance(scheme), 'has_touch': size == 'phone'}
    anna, bram = people(**options), people(**options)
    anna.browser.open(f'{site(server)}/setup#{set_up_token(server)}')
    anna.wait_for('account.setUp')
    look(anna, 'set-up')
    fill(anna, {'account.email': EMAIL, 'account.name': 'Anna', 'account.password': PASSWORD}, 'account.setUp')
    anna.wait_for('home.start')
    look(anna, 'home-signed-in')
    anna.browser.find('radio', anna.names('home.consultation')).check()
    look(anna, 'home-consultation')
    anna.browser.find('radio', anna.names('home.coaching')).check()
    anna.browser.fill('textbox', anna.names('home.topic'), 'Intervisie')
    anna.click('home.schedule')
    anna.wait_for('home.save')
    look(anna, 'home-schedule')
    anna.click('home.save')
    anna.wait_for('invite')
    look(anna, 'invite-planned')
    anna.click('page.close', within=['invite'])
    anna.wait_for('home.open', topic='Intervisie')
    look(anna, 'home-planned')
    anna.click('account.open', name='Anna')
    anna.wait_for('account.title')
    look(anna, 'account')
    anna.click('account.home')
    anna.click('home.start')
    anna.wait_for('join')
    look(anna, 'prejoin-host')
    if not anna.browser.find('textbox', anna.names('join.name')).input_value():
        anna.browser.fill('textbox', anna.names('join.name'), anna.name)
    anna.click('join.start')
    anna.wait_for('invite', seconds=30)
    look(anna, 'meeting-invite')
    link, code = (anna.browser.find('textbox', anna.names(name), [('dialog', anna.names('invite'))]).input_value()
                  for name in ('invite.link', 'invite.passcode'))
    anna.click('page.close', within=['invite'])
    bram.browser.open(link)
    bram.wait_for('pass.code')
    look(bram, 'passcode')
    bram.browser.fill('textbox', bram.names('pass.code'), '0000 0000' if code.replace(' ', '') != '00000000' else '1111 1111')
    before = bram.browser.text()
    bram.click('pass.go')
    until(lambda: bram.browser.text() != before and bram.sees('pass.code'), 'that it is another one is said')
    look(bram, 'passcode-wrong')
    bram.browser.fill('textbox', bram.names('pass.code'), code)
    bram.click('pass.go')
    bram.wait_for('join')
    look(bram, 'prejoin-guest')
    bram.browser.fill('textbox', bram.names('join.name'), bram.name)
    bram.click('join.ask')
    anna.admit(bram)
    bram.wait_for('meet')
    anna.click('page.close', within=['people'])
    end_for_all(anna)
    look(anna, 'after-host')
    bram.wait_for('after.over')
    look(bram, 'after-guest')
    bram.browser.page.locator('b-receipt-code summary').click()
    bram.wait_for('after.code', within=['after'])
    look(bram, 'after-code')
    bram.browser.open(f'{site(server)}/mine')
    bram.wait_for('page.mine')
    look(bram, 'mine')
    anna.browser.open(f'{site(server)}/')
    anna.click('account.signOut')
    anna.wait_for('parting')
    look(anna, 'parting')
    anna.click('parting.go', within=['parting'])
    anna.wait_for('account.toSignIn')
    look(anna, 'home-signed-out')
    anna.click('account.toSignIn')
    anna.wait_for('account.signIn')
    look(anna, 'sign-in')


def test_in_forced_colours_what_is_on_looks_unlike_what_is_off(people, server):
    anna = people(**appearance('forced'))
    anna.open(server.create())
    off = style_of(anna, 'av.camera.2')
    anna.click('av.camera.2')
    anna.wait_for('av.camera.1')

    def turned():
        on = style_of(anna, 'av.camera.1')  # colours change in a moment, not at once
        return on if all(on[part] != off[part] for part in ('background', 'border')) else None

    on = until(turned, 'what is on looks unlike what is off')
    for style in (off, on):
        assert style['background'] != style['color'] and style['icon'] == style['color']
    anna.browser.find(anna.names.role('av.camera.1'), anna.names('av.camera.1')).focus()
    anna.browser.page.keyboard.press('Tab')
    anna.browser.page.keyboard.press('Shift+Tab')
    focused = style_of(anna, 'av.camera.1')
    assert focused['outline'] != 'none' and on['outline'] == 'none'


def style_of(person, identifier):
    """Of a button, as it is drawn."""
    return person.browser.find(person.names.role(identifier), person.names(identifier)).first.evaluate('''(button) => {
      const style = getComputedStyle(button);
      return { background: style.backgroundColor, border: style.borderTopColor, color: style.color, outline: style.outlineStyle,
        icon: getComputedStyle(button.querySelector('svg')).color };
    }''')


def give(person, look, path):
    """A file that goes with a message, and one that lies in it."""
    path.write_text('1. Opening\n' * 2_000)
    let_files(person, True)
    person.click('page.close', within=['sec'])
    person.open_chat()
    choose(person, path)
    person.wait_for('chat.file.drop', within=['chat'], file=path.name)
    look(person, 'chat-file')
    person.write('De agenda')
    until(lambda: person.in_chat('chat.get', file=path.name).is_visible(), 'the file is there')
    look(person, 'chat-file-given')
    person.browser.page.keyboard.press('Escape')
    until(lambda: not person.sees('chat'), 'the panel is closed')


def talk(person, look):
    """What one can say without a voice."""
    person.open_chat()
    look(person, 'chat-empty')
    person.write('Goedemorgen! Lees vast https://meet.test/agenda door.')
    person.write('Alleen voor jou', to='Chris')
    look(person, 'chat')
    person.in_chat('chat.change').last.click()
    look(person, 'chat-change')
    person.browser.page.keyboard.press('Escape')
    person.browser.page.keyboard.press('Escape')
    person.click('ctl.hand.1', within=['ctl'])
    person.wait_for('ctl.hand.2', within=['ctl'])
    person.click_control('ctl.react')
    person.wait_for('react')
    look(person, 'reactions')
    person.click('react.heart', within=['react'])
    until(lambda: person.browser.evaluate('() => document.querySelector("b-tile[data-me] [data-reaction]").checkVisibility()'),
          'a reaction on the own tile')
    look(person, 'meeting-reaction')
    person.click('ctl.hand.2', within=['ctl'])
    person.wait_for('ctl.hand.1', within=['ctl'])


def share(person, look):
    """A screen before it is shared, while it is, and while that is paused."""
    person.click_control('ctl.share.1')
    person.wait_for('share')
    look(person, 'share')
    person.click('share.publish', within=['share'])
    person.wait_for('sharing')
    person.wait_for('meet.screen.own')
    look(person, 'sharing')
    person.click('sharing.pause.1', within=['sharing'])
    person.wait_for('sharing.pause.2', within=['sharing'])
    look(person, 'sharing-paused')
    person.click('ctl.share.2', within=['sharing'])
    until(lambda: not person.sees('sharing'), 'nothing is shared any more')


def compare_and_act(person, look):
    """A round of comparing, as the host and everybody else sees it, and what one may do about somebody."""
    person.open_keys()
    person.click('keys.compare', within=['keys'])
    until(lambda: len(person.pictures()) == 7, 'seven pictures')
    look(person, 'keys-shown')
    person.close_dialog()
    person.wait_for('keys.round')
    look(person, 'meeting-round')
    person.click('keys.differ', within=['keys.round'])
    person.wait_for('meet.badge.4')
    look(person, 'meeting-stopped')
    person.open_keys()
    look(person, 'keys-stopped')
    person.click('keys.same', within=['keys'])
    person.wait_for('meet.badge.2')
    look(person, 'keys-verified')
    person.close_dialog()
    person.open_people()
    look(person, 'people-verified')
    person.click('meet.actions', name='Chris')
    look(person, 'person')
    person.click('person.block', within=['person'], values={'name': 'Chris'})
    look(person, 'person-block')
    person.click('confirm.cancel')
    person.lock(True)
    look(person, 'security')
    person.lock(False)
    person.browser.page.keyboard.press('Escape')
