"""A server that is killed in the middle of everything: what it confirmed is there again, and a meeting goes on among those
who were in, and nobody is asked to let them in. `kill.py` kills it for longer."""

import pytest

from harness.accounts import Desk, set_up, set_up_token
from harness.ledger import Ledger, write_until_killed
from harness.passcode import knock_with
from harness.server import Server
from harness.waiting import until

KILLS = (0.3, 0.05, 0.7)  # seconds of writing before each
BACK = 60  # seconds, in which everybody is with the others again
TOPIC = 'Intervisie'


@pytest.fixture
def restart(server, tmp_path):
    """Kills the server, and starts another one at the same address with what the first left."""
    running = [server]

    def again():
        running[-1].kill()
        running.append(Server(tmp_path / 'data', '--port', str(server.port)))
        server.process, server.log = running[-1].process, running[-1].log
        return running[-1]

    return again


def test_what_was_confirmed_is_there_after_each_kill(tmp_path, output):
    data, ledger = tmp_path / 'own', Ledger(seed=3)
    server = Server(data)
    try:
        desk = Desk(server.port)
        assert desk.set_up(set_up_token(server))[0] == 201
        for seconds in KILLS:
            known = len(ledger.accounts)
            write_until_killed(server, ledger, desk.cookie, seconds)
            server = Server(data, '--port', str(server.port))
            assert ledger.check(desk, ledger.accounts[known:]) == []
        assert ledger.answered > 20, 'it was killed before anything was done'
        # The check can fail: what nobody confirmed, and what is gone, is seen.
        ledger.plans['AAAAAAAAAAAAAAAAAAAAAA'] = {'starts': 1}
        lost = ledger.check(desk, ['niemand@example.org'])
        assert len(lost) == 2 and 'AAAAAAAAAAAAAAAAAAAAAA' in lost[0] and 'niemand@example.org' in lost[1]
        (output / 'server.log').write_text(''.join(server.log))
    finally:
        server.stop()


@pytest.mark.parametrize('begins', ['planned', 'now'])
def test_after_a_kill_a_meeting_goes_on_among_those_who_were_in(people, server, restart, begins):
    anna = people(clean=False)
    set_up(anna, server)
    if begins == 'planned':
        link, code = plan(anna)
        anna.click('home.open', topic=TOPIC)
        enter(anna)
    else:
        anna.browser.find('checkbox', anna.names('home.one')).uncheck()
        anna.browser.fill('textbox', anna.names('home.topic'), TOPIC)
        anna.click('home.start')
        enter(anna)
        link, code = invitation(anna)
    guests = people(clean=False), people(language='en', clean=False)
    for guest in guests:
        knock_with(guest, link, code)
        anna.admit(guest)
        guest.wait_for('meet')
        guest.click('av.camera.2', within=['ctl'])
        anna.wait_for_picture_of(guest)
    everybody = anna, *guests
    restart()
    # The group is a new one: the host's client founds it and lets in whom it saw in the last one, without a click.
    for one in everybody:
        for other in everybody:
            if one is not other:
                one.wait_for_picture_of(other, seconds=BACK)
        one.wait_for('meet.badge.1', seconds=BACK)
    guests[0].write('We zijn er weer')
    anna.wait_for_message('We zijn er weer')
    # Somebody who was not in waits, as ever.
    daan = people(clean=False)
    knock_with(daan, link, code)
    daan.wait_for('wait')
    anna.wait_for('people.admit', name=daan.name)


def test_a_plan_that_nobody_was_in_is_joined_after_a_kill(people, server, restart):
    anna = people(clean=False)
    set_up(anna, server)
    link, code = plan(anna)
    restart()
    # The one who planned it is still signed in, and has the key of what they planned.
    anna.browser.page.reload()
    anna.click('home.open', topic=TOPIC)
    enter(anna)
    bram = people(language='en', clean=False)
    knock_with(bram, link, code)
    anna.admit(bram)
    bram.wait_for('meet')
    anna.wait_for('meet.tile', name=bram.name)


def plan(person):
    """A coaching session at the next whole hour, with several; its link for guests, and its passcode."""
    person.browser.find('checkbox', person.names('home.one')).uncheck()
    person.browser.fill('textbox', person.names('home.topic'), TOPIC)
    person.click('home.schedule')
    person.click('home.save')
    link, code = invitation(person)
    person.wait_for('home.open', topic=TOPIC)
    return link, code


def enter(person):
    """With the camera on, from before the meeting."""
    person.wait_for('join')
    if not person.browser.find('textbox', person.names('join.name')).input_value():
        person.browser.fill('textbox', person.names('join.name'), person.name)
    person.click('av.camera.2')
    person.wait_for('av.camera.1')
    person.click('join.start')
    person.wait_for('meet.ownTile', name=person.name, seconds=30)


def invitation(person):
    """What guests need, out of the dialog that is open."""
    person.wait_for('invite')
    fields = [person.browser.find('textbox', person.names(name), [('dialog', person.names('invite'))])
              for name in ('invite.link', 'invite.passcode')]
    link, code = (until(field.input_value, 'what guests need') for field in fields)
    person.click('page.close', within=['invite'])
    return link, code.replace(' ', '')
