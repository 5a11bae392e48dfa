"""Small windows and large letters: on phones of 360 and 320 pixels, and at 200 % on a desk, nothing is lost. Enlarging a page
to 200 % is to a page a window of half the size with twice the pixels."""

import pytest

from harness.fit import faults
from harness.peer import Peer
from harness.waiting import until

WINDOWS = {
    'phone': {'viewport': {'width': 360, 'height': 740}, 'has_touch': True},
    'small': {'viewport': {'width': 320, 'height': 568}, 'has_touch': True},
    'enlarged': {'viewport': {'width': 640, 'height': 400}, 'device_scale_factor': 2},
}
BAR = ['av.mic.1', 'av.camera.1', 'ctl.share.1', 'ctl.hand.1', 'ctl.react', 'ctl.chat', 'ctl.people', 'ctl.invite',
       'ctl.security', 'ctl.settings', 'ctl.leave']
DIALOGS = [('ctl.invite', 'invite'), ('ctl.settings', 'set'), ('meet.badge.1', 'keys'), ('ctl.leave', 'leave')]
PAGE, OPEN = 'body', 'dialog[open]'
LONG = 'Wilhelmina Alexandra van den Berg-de Vries tot Oldenzaal'


@pytest.fixture
def fit():
    """Looks at one screen; what does not fit is gathered, so that one run names all."""
    found = []

    def check(person, screen, scope=PAGE):
        found.extend(faults(person, screen, scope))

    yield check
    assert found == []


@pytest.mark.parametrize(('window', 'language'), [('phone', 'nl'), ('small', 'en'), ('enlarged', 'nl'), ('enlarged', 'en')])
def test_nothing_is_lost_in_a_small_window_or_with_large_letters(people, server, fit, window, language):
    links = server.create_links('--topic', 'Een onderwerp dat niet op één regel past van een klein scherm')
    anna = people(language=language, **WINDOWS[window])
    anna.browser.open(server.address)
    anna.wait_for('home')
    fit(anna, 'home')
    anna.browser.open(links['guest'].split('#')[0])
    anna.wait_for_text('err.link')
    fit(anna, 'error')
    anna.open(links['host'])
    fit(anna, 'prejoin')
    for control in ('av.mic.2', 'av.camera.2'):
        anna.click(control)
    anna.wait_for('av.camera.1')
    fit(anna, 'prejoin-camera')
    anna.browser.fill('textbox', anna.names('join.name'), anna.name)
    anna.click('join.start')
    anna.wait_for('meet.ownTile', name=anna.name)
    fit(anna, 'meeting-alone')
    with Peer(links['guest'], LONG) as bram, Peer(links['guest'], 'Chris') as chris:
        anna.wait_for('meet.door')
        fit(anna, 'meeting-door')
        for peer in (bram, chris):
            anna.admit(peer.name)
        anna.wait_for('meet.actions', name=chris.name)
        panel(anna, fit, 'ctl.people', 'people', 'b-people')
        anna.wait_for_picture_of(chris.name)
        fit(anna, 'meeting')
        anna.write('Een bericht met een_woord_dat_zo_lang_is_dat_het_nergens_op_een_regel_past_en_toch_gelezen_wil_worden')
        anna.write('En een voor één ander', to=chris.name)
        panel(anna, fit, 'ctl.chat', 'chat', 'b-chat')
        panel(anna, fit, 'ctl.security', 'sec', 'b-security')
        everything_of_the_bar(anna)
        for opener, dialog in DIALOGS:
            if opener.startswith('ctl.'):
                anna.click_control(opener)
            else:
                anna.click(opener)
            anna.wait_for(dialog)
            fit(anna, f'dialog-{dialog}', OPEN)
            anna.browser.page.keyboard.press('Escape')
            until(lambda: not anna.sees(dialog), f'{dialog} is closed')
        person_and_screen(anna, fit, chris)
    anna.leave()
    fit(anna, 'after')
    with Peer(links['host'], 'Gastvrouw'):
        anna.ask(links['guest'], microphone=False, camera=False)
        anna.wait_for('wait.code')
        fit(anna, 'waiting-room')


def panel(person, fit, opener, identifier, element):
    """A panel, which lies over the rest in a narrow window; and closed again."""
    if not person.sees(identifier):
        person.click_control(opener)
        person.wait_for(identifier)
    fit(person, identifier, element)
    person.click('page.close', within=[identifier])
    until(lambda: not person.sees(identifier), f'{identifier} is closed')


def everything_of_the_bar(person):
    """Each control is in the bar, or behind More."""
    left = [one for one in BAR if not person.sees(one, within=['ctl'])]
    if not left:
        return
    person.click('ctl.more', within=['ctl'])
    person.browser.page.get_by_role('dialog').first.wait_for()
    lost = [one for one in left if not person.browser.shows(
        'button', person.names(one), [('dialog', person.names('ctl.more'))])]
    person.browser.page.keyboard.press('Escape')
    assert lost == [], 'these are nowhere'


def person_and_screen(anna, fit, other):
    """What one may do about somebody, and one's own screen."""
    anna.open_people()
    anna.click('meet.actions', within=['people.list'], name=other.name)
    anna.wait_for('person', name=other.name)
    fit(anna, 'person', 'b-person')
    anna.click('person.block', within=['person'], values={'name': other.name})
    anna.wait_for('person.block.ask', name=other.name)
    fit(anna, 'person-block', OPEN)
    anna.click('confirm.cancel')
    anna.browser.page.keyboard.press('Escape')
    until(lambda: not anna.sees('person', name=other.name), 'the dialog is closed')
    if anna.sees('people'):
        anna.click('page.close', within=['people'])
    anna.click_control('ctl.share.1')
    anna.wait_for('share')
    fit(anna, 'share', OPEN)
    anna.click('share.publish', within=['share'])
    anna.wait_for('sharing')  # one's own screen stands last, in a small window on the next page
    fit(anna, 'sharing')
    anna.click('ctl.share.2', within=['sharing'])
    until(lambda: not anna.sees('sharing'), 'nothing is shared any more')


def test_what_does_not_fit_is_found(people, server):
    anna = people(**WINDOWS['phone'])
    anna.browser.open(server.address)
    anna.wait_for('home')
    before = faults(anna, 'home', PAGE)
    anna.browser.evaluate('''() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('[data-try=wide] { inline-size: 500px; }' +
        '[data-try=text] { position: absolute; inset: 0 auto auto 0; }' +
        '[data-try=over] { position: absolute; inset: 0; z-index: 99; }' +
        '[data-try=cut] { inline-size: 20px; block-size: 24px; overflow: hidden; white-space: nowrap; }');
      document.adoptedStyleSheets.push(sheet);
      for (const kind of ['wide', 'text', 'over', 'cut']) {
        const one = document.createElement('div');
        one.dataset.try = kind;
        one.textContent = `Dit past niet: ${kind}`;
        document.querySelector('main').append(one);
      }
    }''')
    found = '\n'.join(fault for fault in faults(anna, 'home', PAGE) if fault not in before)
    for word in ('wide, its window', 'lies under', 'is cut off', 'lie over each other'):
        assert word in found, (word, found)
