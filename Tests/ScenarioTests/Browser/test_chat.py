"""What people say without a voice: messages, raised hands and reactions, with the mouse and with the keyboard alone."""

import pytest

from harness.waiting import until

ACTIVE = 'one => one === document.activeElement'


@pytest.fixture
def links(server):
    return server.create_links()


@pytest.fixture(params=['nl', 'en'])
def meeting(people, links, request):
    """A host and guests, who see each other's tiles."""

    def gather(guests=1, **options):
        host = people(language=request.param, **options).join(links['host'], microphone=False, camera=False)
        others = []
        for _ in range(guests):
            guest = people(language=request.param)
            guest.ask(links['guest'], microphone=False, camera=False)
            host.admit(guest)
            guest.wait_for('meet')
            others.append(guest)
        host.click('page.close', within=['people'])
        for one in (host, *others):
            for other in (host, *others):
                if other is not one:
                    one.wait_for('meet.tile', name=other.name)
        return host, *others

    return gather


def test_P041_a_message_goes_to_whom_its_button_names_and_to_nobody_else(meeting):
    anna, bram, chris = meeting(2)
    bram.write('Hallo allemaal')
    for person in (anna, chris):
        person.wait_for_message('Hallo allemaal')
    assert anna.messages()[0]['author'] == 'Bram'
    assert bram.messages()[0]['author'] == bram.names.text('chat.you')
    bram.write('Dit is voor de host', to='hosts')
    anna.wait_for_message('Dit is voor de host')
    assert anna.messages()[-1]['marks'] == [anna.names.text('chat.only.you')]  # there is no other host
    assert bram.messages()[-1]['marks'] == [bram.names.text('chat.only.hosts')]
    anna.write('En dit voor jou', to=bram)
    bram.wait_for_message('En dit voor jou')
    assert anna.messages()[-1]['marks'] == [anna.names.text('chat.only.person', name='Bram')]
    bram.write('Tot zover')
    chris.wait_for_message('Tot zover')
    assert chris.texts() == ['Hallo allemaal', 'Tot zover']
    # Whoever leaves stays chosen: what is written meanwhile goes to nobody, until somebody else is chosen.
    anna.in_chat('chat.to').select_option(label='Bram')
    anna.in_chat('chat.text').fill('Ben je er nog?')
    bram.leave()
    anna.wait_for_text('chat.to.left', name='Bram')
    assert anna.in_chat('chat.send.3', name='Bram').get_attribute('aria-disabled') == 'true'
    anna.in_chat('chat.text').press('Enter')
    anna.wait_to_hear('chat.to.left', name='Bram')
    assert anna.in_chat('chat.text').input_value() == 'Ben je er nog?'
    anna.in_chat('chat.to').select_option(label=anna.names('chat.to.everyone'))
    anna.click('chat.send.1', within=['chat'])
    chris.wait_for_message('Ben je er nog?')
    anna.wait_for_message('Ben je er nog?')
    assert anna.texts().count('Ben je er nog?') == 1


def test_a_message_is_changed_and_taken_back(meeting):
    anna, bram = meeting()
    bram.write('Tot straks')
    bram.in_chat('chat.text').fill('Een begin')
    bram.in_chat('chat.change').click()
    until(lambda: bram.in_chat('chat.text').input_value() == 'Tot straks', 'the text to be changed')
    bram.in_chat('chat.text').fill('Tot morgen')
    bram.click('chat.resend.1', within=['chat'])
    anna.wait_for_message('Tot morgen')
    assert anna.messages()[0]['marks'] == [anna.names.text('chat.edited')]
    until(lambda: bram.in_chat('chat.text').input_value() == 'Een begin', 'what was being written is back')
    bram.in_chat('chat.takeBack').click()
    for person in (anna, bram):
        person.wait_for_message(person.names.text('chat.gone'))
    assert anna.texts() == [anna.names.text('chat.gone')]
    assert not bram.sees('chat.takeBack') and not anna.sees('chat.change')


def test_messages_that_nobody_looks_at_are_counted_and_said(meeting):
    anna, bram = meeting()
    chat = anna.browser.find('button', anna.names('ctl.chat'), [('region', anna.names('ctl'))])
    bram.write('Een')
    anna.wait_to_hear('chat.said.1', name='Bram')
    bram.write('Twee')
    until(lambda: chat.get_attribute('aria-description') == anna.names.text('ctl.chat.unread', n=2), 'two unread')
    anna.open_chat()
    until(lambda: chat.get_attribute('aria-description') is None, 'none unread')
    assert anna.texts() == ['Een', 'Twee']
    bram.write('<b onclick="x">https://meet.test/</b>')
    anna.wait_for_message('<b onclick="x">https://meet.test/</b>')
    assert anna.browser.evaluate('() => document.querySelectorAll("b-log b").length') == 0


def test_a_hand_and_a_reaction_are_seen_and_said(meeting):
    anna, bram, chris = meeting(2)
    chris.click('ctl.hand.1', within=['ctl'])
    chris.wait_for('ctl.hand.2', within=['ctl'])
    anna.wait_to_hear('hand.said.1', name='Chris')
    tile = anna.browser.find('group', anna.names('meet.tile', name='Chris'))
    until(lambda: anna.names.text('meet.tile.hand') in (tile.get_attribute('aria-description') or ''), 'a raised hand')
    anna.open_people()
    first = 'document.querySelector("b-people [aria-labelledby=people-here] b-member bdi").textContent'
    until(lambda: anna.browser.evaluate(f'() => {first}') == 'Chris', 'who raised a hand stands first')
    chris.click('ctl.hand.2', within=['ctl'])
    until(lambda: anna.browser.evaluate(f'() => {first}') == 'Bram', 'in order of arrival again')
    bram.click('ctl.react', within=['ctl'])
    bram.click('react.clap', within=['react'])
    anna.wait_to_hear('react.said.1', name='Bram', reaction=anna.names('react.clap'))
    shown = anna.browser.find('group', anna.names('meet.tile', name='Bram')).locator('[data-reaction]')
    until(lambda: shown.is_visible() and shown.text_content() == '👏', 'the reaction on the tile')
    until(lambda: not shown.is_visible(), 'the reaction has gone by itself')


def test_everything_can_be_said_with_the_keyboard_alone(meeting):
    anna, bram = meeting()
    keyboard = bram.browser.page.keyboard
    keyboard.press('h')
    bram.wait_for('ctl.hand.2', within=['ctl'])
    keyboard.press('c')
    bram.wait_for('chat')
    tab_to(bram, 'chat.text')
    keyboard.type('Eerste regel')
    keyboard.press('Shift+Enter')
    keyboard.type('tweede regel')
    keyboard.press('Enter')
    anna.wait_for_message('Eerste regel\ntweede regel')
    until(lambda: bram.in_chat('chat.text').evaluate(ACTIVE), 'one goes on writing')
    keyboard.type('ch')  # letters in a field are letters
    assert bram.in_chat('chat.text').input_value() == 'ch'
    keyboard.press('Escape')
    until(lambda: not bram.sees('chat'), 'the panel is closed')
    chat = bram.browser.find('button', bram.names('ctl.chat'), [('region', bram.names('ctl'))])
    assert chat.evaluate(ACTIVE)
    keyboard.press('Enter')
    bram.wait_for('chat')
    assert bram.in_chat('chat.text').input_value() == 'ch', 'what was being written is still there'
    keyboard.press('Escape')
    tab_to(bram, 'ctl.react', backwards=True)
    keyboard.press('Enter')
    keyboard.press('Tab')
    assert bram.browser.find('button', bram.names('react.thumb')).evaluate(ACTIVE)
    keyboard.press('Escape')
    assert bram.browser.find('button', bram.names('ctl.react')).evaluate(ACTIVE)
    assert not bram.sees('react')


def test_a_narrow_bar_holds_what_one_needs_most_and_the_rest_is_behind_more(meeting):
    anna, bram = meeting(viewport={'width': 390, 'height': 844})
    shown = anna.browser.evaluate('''() => [...document.querySelectorAll('b-controls > section button')]
      .filter((one) => one.checkVisibility()).map((one) => one.textContent)''')
    words = ['av.mic.short', 'av.camera.short', 'ctl.hand.short', 'ctl.chat', 'ctl.more', 'ctl.leave']
    assert shown == [anna.names.text(word) for word in words]
    anna.click_control('ctl.react')
    anna.click('react.laugh', within=['react'])
    bram.wait_to_hear('react.said.1', name='Anna', reaction=bram.names('react.laugh'))
    anna.write('Ook hier')
    bram.wait_for_message('Ook hier')
    anna.click('page.close', within=['chat'])
    anna.click_control('ctl.people')
    anna.wait_for('people')


def tab_to(person, identifier, backwards=False):
    """Presses Tab until this control has the focus."""
    control = person.browser.find(person.names.role(identifier), person.names(identifier)).first
    for _ in range(40):
        if control.evaluate(ACTIVE):
            return
        person.browser.page.keyboard.press('Shift+Tab' if backwards else 'Tab')
    raise AssertionError(f'{person.name} does not reach {identifier} by Tab')
