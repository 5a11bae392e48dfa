"""A whole meeting without a pointer, with the focus in sight at every step, and what a screen reader finds on each screen."""

import pytest

from harness.host import control
from harness.keyboard import POINTERS, press, reach, use
from harness.peer import Peer
from harness.spoken import compare
from harness.waiting import until

WITH = ['person']


@pytest.mark.parametrize('language', ['nl', 'en'])
def test_a_host_leads_a_whole_meeting_with_the_keyboard_alone(people, server, language):
    links = server.create_links()
    anna = people(language=language, script=POINTERS)
    anna.open(links['host'])
    compare(anna, 'prejoin')
    reach(anna, 'join.name')
    anna.browser.page.keyboard.type('Anna')
    use(anna, 'av.mic.2')
    anna.wait_for('av.mic.1')
    use(anna, 'join.start')
    anna.wait_for('meet.ownTile', name='Anna')
    compare(anna, 'meeting')
    with Peer(links['guest'], 'Bram') as bram:
        bram_ = {'name': bram.name}
        anna.wait_for('meet.door')
        compare(anna, 'meeting-door')
        press(anna, 'w')
        anna.wait_for('people.admit', name=bram.name)
        use(anna, 'people.admit', name=bram.name)
        anna.wait_for('meet.actions', within=['people.list'], name=bram.name)
        compare(anna, 'people')

        press(anna, 'y')
        anna.wait_for('sec')
        use(anna, 'sec.lock', within=['sec'], key='Space')
        until(lambda: control(anna, 'sec.lock').is_checked(), 'the meeting is locked')
        compare(anna, 'security')

        open_person(anna, bram)
        use(anna, 'person.mute', within=WITH, values=bram_)
        anna.wait_for('person.ask', within=WITH, values=bram_)
        compare(anna, 'person')
        press(anna, 'Escape')
        until(lambda: not anna.sees('person', name=bram.name), 'the dialog is closed')

        press(anna, 'c')
        anna.wait_for('chat')
        reach(anna, 'chat.text', within=['chat'])
        anna.browser.page.keyboard.type('Dag Bram')
        press(anna, 'Enter')
        anna.wait_for_message('Dag Bram')
        bram.wait_for(lambda report: report['chat'], 'that it read something')
        compare(anna, 'chat')
        press(anna, 'Escape')
        until(lambda: not anna.sees('chat'), 'the panel is closed')

        press(anna, 's')
        anna.wait_for('share')
        compare(anna, 'share')
        use(anna, 'share.publish', within=['share'])
        anna.wait_for('sharing')
        compare(anna, 'sharing')
        press(anna, 's')
        until(lambda: not anna.sees('sharing'), 'nothing is shared any more')

        open_person(anna, bram)
        use(anna, 'person.remove', within=WITH, values=bram_)
        anna.wait_for('person.remove.ask', name=bram.name)
        cancel = anna.browser.find('button', anna.names('confirm.cancel'), anna._places(['person.remove.ask'], bram_))
        until(lambda: cancel.evaluate('one => one === document.activeElement'), 'a slip of the finger removes nobody')
        compare(anna, 'person-remove')
        use(anna, 'person.remove', within=['person.remove.ask'], values=bram_)
        anna.wait_until_gone(bram)
        until(lambda: bram.process.poll() is not None, 'Bram is out')
    press(anna, 'Alt+Shift+Q')
    anna.wait_for('leave')
    compare(anna, 'leave')
    use(anna, 'leave.end', within=['leave'])
    anna.wait_for('after.over')
    compare(anna, 'after')
    assert anna.browser.evaluate('() => probe.pointers') == 0


@pytest.mark.parametrize('language', ['nl', 'en'])
def test_a_guest_takes_part_with_the_keyboard_alone(people, server, language):
    links = server.create_links()
    host = people().join(links['host'])
    bram = people(language=language, script=POINTERS)
    bram.open(links['guest'])
    reach(bram, 'join.name')
    bram.browser.page.keyboard.type('Bram')
    use(bram, 'join.ask')
    bram.wait_for('wait')
    compare(bram, 'waiting-room')
    host.admit(bram)
    bram.wait_for('meet')
    bram.wait_for('meet.tile', name=host.name)
    compare(bram, 'meeting-guest')
    use(bram, 'av.mic.2', within=['ctl'])
    bram.wait_for('av.mic.1', within=['ctl'])
    host.wait_for_sound_of(bram)
    press(bram, 'h')
    bram.wait_for('ctl.hand.2', within=['ctl'])
    use(bram, 'ctl.react', within=['ctl'])
    use(bram, 'react.heart', within=['react'])
    host.wait_to_hear('react.said.1', name='Bram', reaction=host.names('react.heart'))
    press(bram, 'e')
    bram.wait_for('keys')
    compare(bram, 'keys')
    press(bram, 'Escape')
    press(bram, '?')
    bram.browser.page.get_by_role('dialog').first.wait_for()
    compare(bram, 'help')
    press(bram, 'Escape')
    use(bram, 'ctl.settings', within=['ctl'])
    bram.wait_for('set')
    compare(bram, 'settings')
    press(bram, 'Escape')
    until(lambda: not bram.sees('set'), 'the dialog is closed')
    use(bram, 'ctl.leave', within=['ctl'])
    use(bram, 'leave.go', within=['leave'])
    bram.wait_for('after.left')
    assert bram.browser.evaluate('() => probe.pointers') == 0


def open_person(person, other):
    """The dialog about somebody, out of the list of people."""
    press(person, 'p')
    person.wait_for('people')
    use(person, 'meet.actions', within=['people.list'], name=other.name)
    person.wait_for('person', name=other.name)
