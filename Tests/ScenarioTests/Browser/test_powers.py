"""A host's powers in the browser: what is stopped, what is forbidden, what comes back; and that nobody but the person
themselves ever switches anything on."""

from harness.host import acting, control, dialog_about, open_security, switch
from harness.keyboard import focused, tab_to, walk
from harness.waiting import until

# Everything that the panel offers a host (P-031), by its names.
OPTIONS = [
    'sec.freeze', 'sec.admit', 'sec.lock', 'sec.waiting', 'sec.muteAll', 'sec.stopAll', 'sec.unmute', 'sec.video',
    'sec.share', 'sec.chat', 'sec.files', 'sec.rename', 'sec.remove', 'sec.verify', 'sec.keys', 'sec.passcode', 'sec.end',
]


def test_P029_who_is_muted_reads_so_and_nobody_else_unmutes_them(meeting):
    anna, bram, chris = meeting
    anna.wait_for_sound_of(bram, chris)
    with acting(anna, bram):
        anna.click('person.mute', within=['person'], values={'name': bram.name})
        bram.wait_for('av.mic.2', within=['ctl'])
        bram.wait_for_text('host.mic.off')
        # Where it said "mute" it now offers a question, and nothing that switches anything on.
        anna.wait_for('person.ask', within=['person'], values={'name': bram.name})
        assert not anna.sees('person.mute', within=['person'], values={'name': bram.name})
        assert chris.sees('av.mic.1', within=['ctl'])
        anna.click('person.ask', within=['person'], values={'name': bram.name})
        bram.wait_for_text('host.ask')
        bram.click('notice.later', within=['notice'])
        assert bram.sees('av.mic.2', within=['ctl'])
        anna.click('person.ask', within=['person'], values={'name': bram.name})
        bram.wait_for_text('host.ask')
        bram.click('av.mic.2', within=['notice'])
        bram.wait_for('av.mic.1', within=['ctl'])
        anna.wait_for('person.stopVideo', within=['person'], values={'name': bram.name})
        anna.click('person.stopVideo', within=['person'], values={'name': bram.name})
        bram.wait_for('av.camera.2', within=['ctl'])
        bram.wait_for_text('host.camera.off')
    assert anna.sees('av.mic.1', within=['ctl']) and anna.sees('av.camera.1', within=['ctl'])
    anna.wait_for_sound_of(bram)
    bram.click('av.camera.2', within=['ctl'])
    anna.wait_for_picture_of(bram)


def test_P029_who_may_not_speak_is_off_and_the_control_says_why(meeting):
    anna, bram, chris = meeting
    open_security(anna)
    switch(anna, 'sec.unmute', False)
    for guest in (bram, chris):
        guest.wait_for('av.mic.2', within=['ctl'])
        guest.wait_for_text('host.mic.shut')
        until(lambda: barred(guest, 'av.mic.2') == guest.names.text('av.mic.barred'), f'{guest.name} can read why')
    bram.click('page.close', within=['notice'])
    bram.browser.page.keyboard.press('m')
    bram.wait_for_text('av.mic.barred')
    assert bram.sees('av.mic.2', within=['ctl'])
    assert anna.sees('av.mic.1', within=['ctl']), 'a host goes on'
    switch(anna, 'sec.unmute', True)
    for guest in (bram, chris):
        until(lambda: barred(guest, 'av.mic.2') is None, f'{guest.name} may speak again')
        assert guest.sees('av.mic.2', within=['ctl']), 'and is not switched on'
    bram.click('av.mic.2', within=['ctl'])
    bram.wait_for('av.mic.1', within=['ctl'])
    anna.wait_for_sound_of(bram)


def test_P029_one_person_is_forbidden_their_camera_and_the_others_are_not(meeting):
    anna, bram, chris = meeting
    with acting(anna, bram):
        may = anna.browser.find('switch', anna.names('person.mayVideo'), [dialog_about(anna, bram)])
        assert may.is_checked()
        may.click()
        until(lambda: not may.is_checked(), 'the server holds it back')
        bram.wait_for('av.camera.2', within=['ctl'])
        until(lambda: barred(bram, 'av.camera.2') == bram.names.text('av.camera.barred'), 'the control says why')
        assert chris.sees('av.camera.1', within=['ctl'])
        may.click()
        until(lambda: barred(bram, 'av.camera.2') is None, 'Bram may show himself again')
        assert bram.sees('av.camera.2', within=['ctl'])


def test_everyone_is_muted_and_every_camera_stopped_but_the_hosts(meeting):
    anna, bram, chris = meeting
    open_security(anna)
    anna.click('sec.muteAll', within=['sec'])
    for guest in (bram, chris):
        guest.wait_for('av.mic.2', within=['ctl'])
        guest.wait_for_text('host.mic.off')
    anna.click('sec.stopAll', within=['sec'])
    for guest in (bram, chris):
        guest.wait_for('av.camera.2', within=['ctl'])
        guest.wait_until_silent()
    assert anna.sees('av.mic.1', within=['ctl']) and anna.sees('av.camera.1', within=['ctl'])
    bram.wait_for_picture_of(anna)
    chris.click('av.mic.2', within=['ctl'])
    chris.wait_for('av.mic.1', within=['ctl'])


def test_everything_stops_in_one_act_and_what_is_undone_are_rights(meeting):
    anna, bram, chris = meeting
    open_security(anna)
    before = settings(anna)
    assert not before['sec.lock'] and before['sec.unmute'] and before['sec.chat'] == 'everyone'
    anna.click('sec.freeze', within=['sec'])
    until(lambda: is_frozen(settings(anna)), 'everything is stopped')
    anna.click('sec.undo', within=['sec'])
    until(lambda: settings(anna) == before, 'everything may be again')
    for guest in (bram, chris):
        for control in ('av.mic.2', 'av.camera.2'):
            guest.wait_for(control, within=['ctl'])
            until(lambda: barred(guest, control) is None, f'{guest.name} may again')
        guest.wait_until_silent()
    assert anna.sees('av.mic.1', within=['ctl']) and anna.sees('av.camera.1', within=['ctl'])
    bram.click('av.mic.2', within=['ctl'])
    anna.wait_for_sound_of(bram)
    # Once more, and this time nobody takes it back.
    anna.click('sec.freeze', within=['sec'])
    bram.wait_for('av.mic.2', within=['ctl'])
    for guest in (bram, chris):
        until(lambda: barred(guest, 'av.mic.2') is not None, f'{guest.name} may not')
    until(lambda: not anna.sees('sec.undo', within=['sec']), 'the time is over', 30)
    assert is_frozen(settings(anna))


def test_a_cohost_leads_until_it_is_withdrawn(meeting):
    anna, bram, chris = meeting
    assert not bram.sees('ctl.security', within=['ctl'])
    with acting(anna, bram):
        anna.click('person.cohost.1', within=['person'], values={'name': bram.name})
        bram.wait_for('ctl.security', within=['ctl'])
        anna.wait_for('person.cohost.2', within=['person'], values={'name': bram.name})
    assert chris.label_of(bram) == chris.names.text('role.cohost')
    bram.lock(True)
    open_security(anna)
    until(lambda: settings(anna)['sec.lock'], 'the host sees the lock')
    bram.lock(False)
    bram.browser.page.keyboard.press('Escape')
    with acting(bram, chris):
        assert not bram.sees('person.cohost.1', within=['person'], values={'name': chris.name}), 'only a host names one'
        bram.click('person.mute', within=['person'], values={'name': chris.name})
        chris.wait_for('av.mic.2', within=['ctl'])
    with acting(anna, bram):
        anna.click('person.cohost.2', within=['person'], values={'name': bram.name})
        until(lambda: not bram.sees('ctl.security', within=['ctl']), 'Bram leads no more')
    bram.browser.page.keyboard.press('y')
    assert not bram.sees('sec')


def test_P031_every_option_is_two_acts_away_by_keyboard_alone(meeting):
    anna, bram, chris = meeting
    press = anna.browser.page.keyboard.press
    anna.browser.evaluate('() => document.activeElement.blur()')
    press('y')
    anna.wait_for('sec')
    reached = walk(anna, 'b-security')
    assert {anna.names(option) for option in OPTIONS} <= set(reached), reached
    # One of each kind, without a pointer: a switch, a choice, an act and what takes it back.
    tab_to(anna, 'sec.lock')
    press('Space')
    until(lambda: settings(anna)['sec.lock'], 'locked')
    until(lambda: focused(anna) == anna.names('sec.lock'), 'the focus stays')
    press('Space')
    until(lambda: not settings(anna)['sec.lock'], 'unlocked')
    tab_to(anna, 'sec.chat')
    press('ArrowDown')
    until(lambda: settings(anna)['sec.chat'] != 'everyone', 'another choice')
    press('ArrowUp')
    until(lambda: settings(anna)['sec.chat'] == 'everyone', 'and the first again')
    tab_to(anna, 'sec.freeze')
    press('Enter')
    until(lambda: is_frozen(settings(anna)), 'everything is stopped')
    press('Tab')
    assert focused(anna) == anna.names('sec.undo')
    press('Enter')
    until(lambda: not settings(anna)['sec.lock'], 'undone')
    until(lambda: focused(anna) == anna.names('sec.freeze'), 'the focus has a place')
    bram.wait_for('av.mic.2', within=['ctl'])
    until(lambda: barred(bram, 'av.mic.2') is None, 'Bram may speak again')
    # A person: the list, the menu, the act.
    press('p')
    anna.wait_for('people')
    tab_to(anna, 'meet.actions.short', text=True)
    press('Enter')
    anna.wait_for('person', name=bram.name)
    anna.wait_for('person.ask', within=['person'], values={'name': bram.name})
    reached = walk(anna, 'b-person')
    for act in ('person.verify', 'person.pin.1', 'person.volume', 'person.ask', 'person.spotlight.1', 'person.cohost.1',
                'person.mayUnmute', 'person.mayVideo', 'person.mayShare', 'person.back', 'person.remove', 'person.block'):
        assert anna.names(act) in reached, (act, reached)
    press('Escape')
    until(lambda: focused(anna) == anna.names.text('meet.actions.short'), 'the focus is where it came from')


def test_who_is_pinned_or_in_the_spotlight_stands_first(meeting):
    anna, bram, chris = meeting
    with acting(anna, chris):
        anna.click('person.pin.1', within=['person'], values={'name': chris.name})
        anna.wait_for('person.pin.2', within=['person'], values={'name': chris.name})
        volume = anna.browser.find('slider', anna.names('person.volume'), [dialog_about(anna, chris)])
        volume.focus()
        anna.browser.page.keyboard.press('Home')
    until(lambda: first(anna) == chris.name, 'Chris stands first for Anna')
    assert first(bram) != chris.name, 'and for nobody else'
    with acting(anna, bram):
        anna.click('person.spotlight.1', within=['person'], values={'name': bram.name})
        anna.wait_for('person.spotlight.2', within=['person'], values={'name': bram.name})
    until(lambda: first(chris) == bram.name, 'Bram stands first for Chris')
    until(lambda: first(bram) == bram.names('meet.ownTile', name=bram.name), 'and for himself')
    assert first(anna) == chris.name, 'what one pinned oneself comes before'
    with acting(anna, chris):
        assert volume.input_value() == '0', 'a volume is kept'


def test_a_host_changes_their_name_and_renews_the_links(meeting):
    anna, bram, chris = meeting
    anna.click('ctl.settings', within=['ctl'])
    dialog = [('dialog', anna.names('set'))]
    anna.browser.find('textbox', anna.names('set.name'), dialog).fill('Anne')
    anna.click('set.rename', within=['set'])
    for guest in (bram, chris):
        guest.wait_for('meet.tile', name='Anne')
    anna.click('page.close', within=['set'])
    anna.wait_for('meet.ownTile', name='Anne')
    anna.click('ctl.invite', within=['ctl'])
    before = until(lambda: link(anna), 'the link')
    anna.click('invite.renew', within=['invite'])
    anna.click('invite.renew', within=['invite.renew.ask'])
    until(lambda: link(anna) not in ('', before), 'another link')
    anna.click('page.close', within=['invite'])
    bram.click('ctl.invite', within=['ctl'])
    assert not bram.sees('invite.renew', within=['invite']), 'only a host renews it'
    bram.click('page.close', within=['invite'])


def settings(person):
    """What the panel shows, while it is open."""
    shown = {name: control(person, name).is_checked() for name in ('sec.lock', 'sec.waiting', 'sec.unmute', 'sec.video')}
    return shown | {name: control(person, name).input_value() for name in ('sec.share', 'sec.chat')}


def is_frozen(shown):
    return (shown['sec.lock'] and not shown['sec.unmute'] and not shown['sec.video']
            and 'everyone' not in (shown['sec.share'], shown['sec.chat']))


def barred(person, identifier):
    """Why a control of the bar cannot be used; nothing where it can."""
    element = person.browser.find('button', person.names(identifier), [('region', person.names('ctl'))])
    if not element.count() or element.first.get_attribute('aria-disabled') != 'true':
        return None
    return element.first.get_attribute('aria-description')


def first(person):
    """The name on the first tile."""
    return person.browser.evaluate('() => document.querySelector("b-stage b-tile").getAttribute("aria-label")')


def link(person):
    return person.browser.evaluate('() => document.querySelector("b-invite input").value')
