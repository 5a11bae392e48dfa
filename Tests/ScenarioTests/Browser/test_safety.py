"""What keeps a planned meeting safe: what the organisation requires is locked on where a meeting is planned, and while it is
lacking nobody is invited."""

import re
from datetime import datetime, timedelta

import pytest

from harness.host import open_security, switch
from harness.server import Server
from harness.waiting import until
from test_accounts import fill, set_up, site
from test_home import ZONE, close_invite, copied, in_invite, plan

NOTHING = 'niets'


@pytest.fixture
def server(tmp_path, output, request):
    """A server with the options of the test."""
    server = Server(tmp_path / 'data', *getattr(request, 'param', ()))
    yield server
    server.stop()
    (output / 'server.log').write_text(''.join(server.log))


@pytest.fixture
def anna(people, server):
    """A host who has just signed in."""
    anna = set_up(people, server, timezone_id='Europe/Amsterdam', permissions=['clipboard-read', 'clipboard-write'])
    anna.wait_for('home.profile')
    yield anna
    anna.browser.context.clear_cookies()


def rows(person):
    """The checklist of the dialog: the words of each line, by what the measure is called."""
    found = person.browser.find('list', person.names('safety'), [('dialog', person.names('invite'))])
    return {row.locator('strong').inner_text(): row for row in found.get_by_role('listitem').all()}


def row(person, measure):
    return rows(person)[person.names.text(f'safety.{measure}')]


def wait_for_state(person, measure, state):
    """Waits until the line says it in a word; a picture stands beside it."""
    name, word = person.names.text(f'safety.{measure}'), person.names.text(state)

    def is_so():
        found = rows(person).get(name)
        return found is not None and found.locator('[data-word]').inner_text() == word

    until(is_so, f'{measure} is {state}')
    assert row(person, measure).locator('svg').count() == 1


def nobody_is_invited(person, measure, guest=None):
    """Every way to pass a link on says which measure is lacking, and does nothing."""
    words = person.names.text('safety.refused', measure=person.names.text(f'safety.{measure}'))
    wait_for_state(person, measure, 'safety.missing')
    assert person.names.text('safety.required') in row(person, measure).inner_text()
    downloads = []
    person.browser.page.on('download', lambda download: downloads.append(download))
    person.browser.evaluate(f"() => navigator.clipboard.writeText('{NOTHING}')")
    address = person.browser.url()
    said = person.browser.page.locator('b-invite')
    for way, part in (('invite.copyLink', 'b-copy'), ('invite.copyText', 'b-ways'), ('invite.calendar', 'b-ways'),
                      ('invite.mail', 'b-ways')):
        person.click(way, within=['invite'])
        until(lambda: words in said.locator(part).first.inner_text(), f'{way} is refused in words')
        person.wait_to_hear('safety.refused', measure=person.names.text(f'safety.{measure}'))
    if guest:
        person.click('invite.personal.copy', within=['invite'], name=guest)
        until(lambda: words in said.locator('b-guests').inner_text(), 'a personal link is refused in words')
    assert copied(person) == NOTHING
    assert downloads == []
    assert not in_invite(person, 'invite.mail').get_attribute('href').startswith('mailto:')
    assert person.browser.url() == address
    assert in_invite(person, 'invite.link').input_value() == '', 'what must not be sent is not to be seen either'


def everybody_can_be_invited(person):
    until(lambda: in_invite(person, 'invite.link').input_value(), 'the link is there')
    person.click('invite.copyLink', within=['invite'])
    until(lambda: '/m/' in copied(person), 'the link is copied')
    assert in_invite(person, 'invite.mail').get_attribute('href').startswith('mailto:')


def personal_link(person, guest):
    fill(person, {'invite.guest': guest}, within='invite')
    person.click('invite.personal', within=['invite'])
    person.wait_for('invite.personal.copy', name=guest)


@pytest.mark.parametrize('server', [('--require', 'lock')], indirect=True)
def test_P002_an_exam_that_begins_now_invites_nobody_until_names_are_on_the_list(anna):
    """Its lock waits for everybody on the list, so without one it never comes."""
    anna.click('home.defence')
    anna.click('home.start')
    anna.wait_for('join.start')
    anna.click('join.start')
    anna.wait_for('invite', seconds=30)
    nobody_is_invited(anna, 'lock')
    fill(anna, {'invite.expected': 'Bram'}, within='invite')
    anna.browser.page.keyboard.press('Tab')  # a list counts when one goes on
    wait_for_state(anna, 'lock', 'safety.met')
    everybody_can_be_invited(anna)
    close_invite(anna)
    anna.leave()


def open_invite(person, topic):
    person.wait_for('home.invite', topic=topic)
    person.click('home.invite', topic=topic)
    person.wait_for('invite')


@pytest.mark.parametrize('server', [('--require', 'lock,invited-only')], indirect=True)
def test_P002_what_is_required_is_locked_on_before_anything_is_made(anna):
    anna.click('home.lesson')
    for option in ('home.locks', 'home.ownLinks'):
        box = anna.browser.find('checkbox', anna.names(option))
        assert box.is_checked() and box.get_attribute('aria-disabled') == 'true', option
        box.focus()
        anna.browser.page.keyboard.press('Space')
        assert box.is_checked(), f'{option} is not taken off'
    assert anna.names.text('safety.required') in anna.browser.find('group', anna.names('home.stricter')).inner_text()
    listed = anna.browser.find('list', anna.names('safety')).inner_text()
    for measure in ('waitingRoom', 'passcode', 'lock', 'recordingOff', 'invitedOnly'):
        assert anna.names.text(f'safety.{measure}.met') in listed, measure
    anna.click('home.schedule')
    anna.wait_for('home.when')
    tomorrow = datetime.now(ZONE) + timedelta(days=1)
    fill(anna, {'home.topic': 'Les 1', 'home.date': tomorrow.strftime('%Y-%m-%d'), 'home.time': '14:00'})
    anna.click('home.save')
    anna.wait_for('invite')
    for measure in ('waitingRoom', 'passcode', 'lock', 'recordingOff', 'invitedOnly'):
        wait_for_state(anna, measure, 'safety.met')
    # Everybody gets a link of their own, and there is no other to pass on.
    for way in ('invite.copyLink', 'invite.copyText', 'invite.calendar', 'invite.mail'):
        assert not anna.sees(way, within=['invite']), way
    assert anna.names.text('invite.passcode.unknown') not in anna.browser.text(), 'a personal link needs none'
    personal_link(anna, 'Bram')
    anna.click('invite.personal.copy', within=['invite'], name='Bram')
    until(lambda: re.search(r'/m/[\w-]{22}#[\w-]{87}$', copied(anna)), 'a personal link')
    close_invite(anna)


@pytest.mark.parametrize('server', [('--require', 'passcode')], indirect=True)
def test_P002_a_passcode_that_is_cleared_in_the_meeting_keeps_everybody_from_inviting(anna):
    plan(anna, 'Kennismaking')
    wait_for_state(anna, 'passcode', 'safety.met')
    everybody_can_be_invited(anna)
    close_invite(anna)
    anna.click('home.open', topic='Kennismaking')
    anna.wait_for('join.start')
    anna.click('join.start')
    anna.wait_for('meet')
    open_security(anna)
    switch(anna, 'sec.passcode', False)
    anna.click_control('ctl.invite')
    anna.wait_for('invite')
    nobody_is_invited(anna, 'passcode')
    close_invite(anna)
    open_security(anna)
    switch(anna, 'sec.passcode', True)
    anna.click_control('ctl.invite')
    anna.wait_for('invite')
    wait_for_state(anna, 'passcode', 'safety.met')
    everybody_can_be_invited(anna)
    close_invite(anna)
    open_security(anna)
    switch(anna, 'sec.passcode', False)
    anna.leave()
    anna.click('after.home')
    # What was changed in the meeting is known at home, too.
    open_invite(anna, 'Kennismaking')
    nobody_is_invited(anna, 'passcode')
    close_invite(anna)


def test_P002_a_requirement_that_came_later_is_red_and_every_way_to_invite_is_refused(anna, server, tmp_path):
    anna.click('home.lesson')
    plan(anna, 'Les 1')
    wait_for_state(anna, 'lock', 'safety.missing')
    personal_link(anna, 'Bram')
    everybody_can_be_invited(anna)  # nobody requires it
    meeting = copied(anna).split('/m/')[1].split('#')[0]
    close_invite(anna)
    server.stop()
    again = Server(tmp_path / 'data', '--require', 'lock,passcode', '--port', str(server.port))
    try:
        anna.browser.open(site(again))
        open_invite(anna, 'Les 1')
        nobody_is_invited(anna, 'lock', guest='Bram')
        assert row(anna, 'lock').evaluate('(row) => row.dataset.state') == 'refused'
        wait_for_state(anna, 'passcode', 'safety.met')
        told = anna.browser.evaluate(
            f"async () => (await (await fetch('/api/v1/meetings/{meeting}/safety')).json()).measures")
        assert [(one['measure'], one['state'], one['required']) for one in told] == [
            ('waitingRoom', 'met', False), ('passcode', 'met', True), ('lock', 'unknown', True),
            ('recordingOff', 'met', False), ('invitedOnly', 'unknown', False)]
        close_invite(anna)
    finally:
        again.stop()
