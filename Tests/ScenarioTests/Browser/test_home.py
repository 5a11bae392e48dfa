"""A host at home: a meeting of a kind that says what it sets, begun now or planned, and the ways to invite to it."""

import re
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest

from harness import passcode
from harness.host import control, open_security, switch
from harness.waiting import until
from test_accounts import fill, give, set_up, sign_out, site, was_refused
from test_screens import LOOKS, SIZES, look  # noqa: F401 (a fixture)

ZONE = ZoneInfo('Europe/Amsterdam')

# A few of the sentences of each kind, and one that it must not say.
KINDS = {
    'home.coaching': (['home.sets.wait', 'home.sets.two', 'home.sets.recording.two', 'home.sets.chat.all'], 'home.sets.lock.never'),
    'home.lesson': (['home.sets.enter', 'home.sets.lock.never', 'home.sets.recording'], 'home.sets.two'),
    'home.lecture': (['home.sets.mic.later', 'home.sets.chat.hosts', 'home.sets.files.off'], 'home.sets.mic.free'),
    'home.consultation': (['home.sets.chat.off', 'home.sets.lock.two', 'home.sets.two'], 'home.sets.chat.all'),
    'home.defence': (['home.sets.lock.list', 'home.sets.mic.later', 'home.sets.wait'], 'home.sets.enter'),
    'home.webinar': (['home.sets.mic.hosts', 'home.sets.camera.hosts', 'home.sets.not.webinar'], 'home.sets.mic.free'),
    'home.training': (['home.sets.files.later', 'home.sets.screen.later', 'home.sets.not.training'], 'home.sets.lock.two'),
}


@pytest.fixture
def anna(people, server):
    """A host who has just signed in. What is in the browser of somebody with an account is looked at by each test, and gone
    at its end."""
    anna = set_up(people, server, timezone_id='Europe/Amsterdam', permissions=['clipboard-read', 'clipboard-write'])
    anna.wait_for('home.new')
    anna.wait_for('home.profile')
    yield anna
    anna.browser.context.clear_cookies()


def sets(person):
    places = [('region', person.names('home.sets'))]
    return person.browser.page.get_by_role('region', name=places[0][1], exact=True).inner_text()


def choose(person, option, is_on):
    """A checkbox of the new meeting."""
    box = person.browser.find('checkbox', person.names(option))
    box.set_checked(is_on)


def in_invite(person, identifier, **values):
    places = [('dialog', person.names('invite'))]
    return person.browser.find(person.names.role(identifier), person.names(identifier, **values), places)


def close_invite(person):
    person.click('page.close', within=['invite'])
    until(lambda: not person.sees('invite'), 'the dialog is closed')


def copied(person):
    return person.browser.evaluate('() => navigator.clipboard.readText()')


def databases(person):
    return person.browser.evaluate('async () => (await indexedDB.databases()).map((one) => one.name).sort()')


def start_now(person):
    """From the page on which one is signed in to the meeting: two acts, and a name that is there already."""
    person.click('home.start')
    person.wait_for('join.start')
    person.click('join.start')
    person.wait_for('meet')
    person.wait_for('invite')
    until(lambda: in_invite(person, 'invite.link').input_value(), 'the link is there')


def plan(person, topic, *, on_device=True):
    """Plans a meeting for tomorrow at 14:00, an hour and a half long; answers when. The dialog for inviting is open then."""
    person.click('home.schedule')
    person.wait_for('home.when')
    tomorrow = (datetime.now(ZONE) + timedelta(days=1)).replace(hour=14, minute=0, second=0, microsecond=0)
    fill(person, {'home.topic': topic, 'home.date': tomorrow.strftime('%Y-%m-%d'), 'home.time': '14:00'})
    person.browser.find('combobox', person.names('home.length')).select_option('90')
    choose(person, 'home.device', on_device)
    person.click('home.save')
    person.wait_for('invite')
    until(lambda: in_invite(person, 'invite.link').input_value(), 'the link is there')
    return tomorrow


def asks_before_closing(person):
    """Would the browser ask whether the page may be closed or loaded again?"""
    return person.browser.evaluate('() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))')


def mark(person):
    person.browser.evaluate('() => { window.isMarked = true; }')


def is_marked(person):
    """Is it still the page that was marked? One that was loaded again has forgotten it."""
    return person.browser.evaluate('() => window.isMarked === true')


def to_the_start(person):
    """By the name of the program, in the head of every page."""
    person.browser.page.get_by_role('link', name=person.names.text('page.name'), exact=True).click()


def nothing_in_sight(person, *secrets):
    """No link, id or passcode in what others may see: the page, its title, its address."""
    seen = person.browser.text() + person.browser.title() + person.browser.url()
    for secret in secrets:
        assert secret not in seen, 'a secret in sight'


def test_P045_every_kind_says_what_it_sets_before_anything_is_made(anna):
    for kind, (said, not_said) in KINDS.items():
        anna.click(kind)
        for key in (f'{kind}.gives', f'{kind}.costs'):
            assert anna.names.text(key) in anna.browser.text(), f'P-033 {key}'
        for key in said:
            assert anna.names.text(key) in sets(anna), (kind, key)
        assert anna.names.text(not_said) not in sets(anna), kind
        box = anna.browser.find('checkbox', anna.names('home.one'))
        assert box.is_checked() == (kind in ('home.coaching', 'home.consultation')), kind
    planned = anna.browser.evaluate("async () => (await (await fetch('/api/v1/account/meetings')).json()).meetings.length")
    assert planned == 0, 'looking makes nothing'


def test_P045_what_is_taken_away_is_said_at_once_and_holds_in_the_meeting(anna):
    anna.click('home.lesson')
    for option, text in (('home.noChat', 'home.sets.chat.off'), ('home.noScreen', 'home.sets.screen.off'),
                         ('home.one', 'home.sets.two'), ('home.noReactions', 'home.sets.reactions.off')):
        choose(anna, option, True)
        assert anna.names.text(text) in sets(anna), option
    choose(anna, 'home.noReactions', False)
    assert anna.names.text('home.sets.reactions.on') in sets(anna)
    start_now(anna)
    close_invite(anna)
    anna.click_control('ctl.security')
    anna.wait_for('sec')
    # Planned so that it stays off: there is nothing to choose.
    for setting in ('sec.chat', 'sec.share'):
        box = anna.browser.find(anna.names.role(setting), anna.names(setting), [('region', anna.names('sec'))])
        assert box.get_attribute('aria-disabled') == 'true', setting
    assert anna.names.text('sec.planned') in anna.browser.text()
    anna.leave()


def test_P011_a_meeting_begins_in_three_acts_and_its_links_are_in_the_dialog_alone(people, server):
    anna = set_up(people, server, permissions=['clipboard-read', 'clipboard-write'])
    sign_out(anna)
    anna.click('account.toSignIn')
    give(anna, 'anna@example.org', 'correct horse battery staple')  # 1: signing in
    anna.wait_for('home.new')
    start_now(anna)  # 2: Start now, 3: Start meeting
    link, passcode = (in_invite(anna, field).input_value() for field in ('invite.link', 'invite.passcode'))
    assert re.fullmatch(rf'{site(server)}/m/[\w-]{{22}}#[\w-]{{44}}', link)
    assert re.fullmatch(r'\d{4} \d{4}', passcode)
    anna.click('invite.copyLink', within=['invite'])
    anna.wait_to_hear('invite.copied')
    assert copied(anna) == link
    anna.click('invite.copyPasscode', within=['invite'])
    anna.wait_to_hear('invite.passcodeCopied')
    assert copied(anna) == passcode.replace(' ', '')
    meeting = link.split('/m/')[1].split('#')[0]
    assert anna.browser.find('textbox', anna.names('invite.host.link')).count() == 0, 'the host link is not in sight'
    close_invite(anna)
    nothing_in_sight(anna, link, meeting, passcode, copied(anna))
    inside = '() => [...document.querySelectorAll("input, textarea, a")].map((one) => `${one.value} ${one.href}`).join(" ")'
    assert link.split('#')[1] not in anna.browser.evaluate(inside), 'what is closed is forgotten'
    anna.leave()
    nothing_in_sight(anna, link, meeting, passcode)
    anna.click('after.home')
    anna.wait_for('home.new')
    anna.wait_for('home.start')
    assert databases(anna) == [], 'nobody said that this device is theirs'
    anna.browser.context.clear_cookies()


def test_a_planned_meeting_is_in_the_list_and_its_invitation_is_made_in_three_ways(anna):
    when = plan(anna, 'Voortgang: "lente", 100%')
    link, passcode = (in_invite(anna, field).input_value() for field in ('invite.link', 'invite.passcode'))
    secret = passcode.replace(' ', '')
    anna.click('invite.copyText', within=['invite'])
    anna.wait_to_hear('invite.textCopied')
    text = copied(anna)
    for part in ('Voortgang: "lente", 100%', link, '14:00 tot 15:30', str(when.year), anna.names.text('invitation.share')):
        assert part in text, f'P-027 {part}'
    with anna.browser.page.expect_download() as download:
        anna.click('invite.calendar', within=['invite'])
    assert download.value.suggested_filename == anna.names.text('invite.calendarFile')
    event, raw = read_calendar(download.value.path())
    assert event['SUMMARY'] == 'Voortgang: "lente", 100%' and event['URL'] == link
    begin = when.astimezone(timezone.utc)
    assert event['DTSTART'] == begin.strftime('%Y%m%dT%H%M%SZ')
    assert event['DTEND'] == (begin + timedelta(minutes=90)).strftime('%Y%m%dT%H%M%SZ')
    assert event['DESCRIPTION'].strip() == text.strip()
    letter = in_invite(anna, 'invite.mail').get_attribute('href')
    fields = parse_qs(urlsplit(letter).query)
    assert letter.startswith('mailto:?') and fields['body'][0].replace('\r\n', '\n') == text
    assert 'Voortgang' in fields['subject'][0]
    for made in (text, raw, unquote(letter)):
        assert secret not in made and passcode not in made, 'never the passcode'
    close_invite(anna)
    anna.wait_for('home.list')
    assert anna.sees('home.open', topic='Voortgang: "lente", 100%')
    nothing_in_sight(anna, link, link.split('/m/')[1].split('#')[0], passcode, secret)
    # In the other language everything is said anew.
    anna.browser.find('combobox', anna.names('page.language')).select_option('en')
    until(lambda: 'Invite to Voortgang' in anna.browser.evaluate(
        '() => [...document.querySelectorAll("b-plan button")].map((one) => one.ariaLabel).join()'), 'English')
    anna.browser.page.get_by_role('button', name='Invite to Voortgang: "lente", 100%', exact=True).click()
    anna.browser.page.get_by_role('button', name='Copy invitation text', exact=True).click()
    until(lambda: 'Please do not pass this link on' in copied(anna), 'the text in English')


def read_calendar(path):
    """A calendar file as a calendar reads it (RFC 5545): its properties, and its text with folded lines made one."""
    data = path.read_bytes()
    assert data.endswith(b'\r\n') and b'\n' not in data.replace(b'\r\n', b'')
    assert all(len(line) <= 75 for line in data.split(b'\r\n'))
    text = data.decode('utf-8').replace('\r\n ', '')
    lines = text.split('\r\n')[:-1]
    assert lines[:2] == ['BEGIN:VCALENDAR', 'VERSION:2.0'] and lines[-2:] == ['END:VEVENT', 'END:VCALENDAR']
    values = dict(line.split(':', 1) for line in lines if not line.startswith(('BEGIN', 'END')))
    assert re.fullmatch(r'\d{8}T\d{6}Z', values['DTSTAMP']) and len(values['UID']) == 32
    plain = {name: re.sub(r'\\(.)', lambda found: '\n' if found[1] in 'nN' else found[1], value)
             for name, value in values.items()}
    return {**plain, 'URL': values['URL']}, text


def test_whoever_started_now_and_left_comes_back_also_after_renewing_the_links(people, server, anna):
    anna.click('home.lesson')
    start_now(anna)
    link, code = (in_invite(anna, field).input_value() for field in ('invite.link', 'invite.passcode'))
    close_invite(anna)
    bram = people()
    passcode.knock_with(bram, link, code)
    anna.admit(bram)
    bram.wait_for('meet')
    anna.wait_for('meet.tile', name=bram.name)
    anna.click('ctl.leave')
    anna.wait_for_text('leave.text.page')
    anna.click('leave.go', within=['leave'])
    anna.wait_for('after')
    bram.wait_until_gone(anna)
    anna.click('after.back')
    anna.click('join.start')
    anna.wait_for('meet')
    anna.click('notice.goOn')  # to people without a host: a host looks first who is there
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for('meet.tile', name=other.name)
    assert not anna.sees('invite'), 'they were invited already'
    # From here on the first host link only knocks.
    anna.click_control('ctl.invite')
    anna.click('invite.renew', within=['invite'])
    anna.click('invite.renew', within=['invite.renew.ask'])
    until(lambda: in_invite(anna, 'invite.link').input_value() not in ('', link), 'another link is in force')
    anna.browser.evaluate('() => document.querySelector("b-invite details").open = true')
    anna.wait_for_text('invite.host.renewed')
    close_invite(anna)
    anna.leave()
    bram.wait_until_gone(anna)
    anna.click('after.back')
    anna.click('join.start')
    anna.wait_for('meet')
    anna.click('notice.goOn')
    anna.wait_for('meet.tile', name=bram.name)
    # With everybody gone it is the first one again, once the server has forgotten the other.
    assert server.meetings_in_memory() == 1
    bram.leave()
    anna.leave()
    until(lambda: server.meetings_in_memory() == 0, 'the server has forgotten the group', 60)
    anna.click('after.back')
    anna.click('join.start')
    anna.wait_for('meet')
    anna.click_control('ctl.invite')
    anna.wait_for('invite')
    until(lambda: in_invite(anna, 'invite.link').input_value() == link, 'and so is the one for guests')
    anna.wait_for_text('invite.renewed.before')
    close_invite(anna)
    anna.leave()


def test_what_a_meeting_is_about_stands_over_it_for_everybody_with_the_link(people, server, anna):
    topic = 'Voortgang: "lente"'
    fill(anna, {'home.topic': topic})
    anna.click('home.start')
    anna.wait_for('join.start')
    anna.wait_for('meet.topic', topic=topic)
    anna.click('join.start')
    anna.wait_for('meet')
    anna.wait_for('invite')
    until(lambda: in_invite(anna, 'invite.link').input_value(), 'the link is there')
    link, code = (in_invite(anna, field).input_value() for field in ('invite.link', 'invite.passcode'))
    close_invite(anna)
    bram = people(language='en')
    passcode.knock_with(bram, link, code)
    bram.wait_for('wait')
    until(lambda: topic in bram.browser.text(), 'Bram reads what he waits for')
    anna.admit(bram)
    bram.wait_for('meet')
    for person in (anna, bram):
        person.wait_for('meet.topic', topic=topic)
        assert person.browser.title() == topic, 'the title is the topic only'
    bram.leave()
    assert bram.browser.title() == 'Beraad'
    anna.leave()


def test_a_planned_meeting_opens_again_after_a_reload_and_can_be_deleted(anna, server):
    plan(anna, 'Kennismaking')
    close_invite(anna)
    anna.browser.open(site(server))
    anna.wait_for('home.open', topic='Kennismaking')
    until(lambda: databases(anna) == ['device', 'preferences'], 'what the catalogue lists')
    assert anna.browser.evaluate('''async () => {
      const open = indexedDB.open('device', 1);
      await new Promise((resolve) => open.onsuccess = resolve);
      const get = open.result.transaction('kept').objectStore('kept').get(0);
      await new Promise((resolve) => get.onsuccess = resolve);
      open.result.close();
      return [Object.keys(get.result).sort().join(), get.result.value.extractable, get.result.value.usages.join()];
    }''') == ['used,value', False, 'encrypt,decrypt']
    way = anna.browser.find('link', anna.names('home.open', topic='Kennismaking'))
    assert way.get_attribute('href') is None, 'there is no address to pass on'
    way.press('Enter')
    anna.wait_for('join.start')
    assert anna.browser.find('textbox', anna.names('join.name')).input_value() == 'Anna'
    anna.click('join.start')
    anna.wait_for('meet')
    assert not anna.sees('invite'), 'whoever planned it has invited already'
    anna.leave()
    anna.click('after.home')
    anna.click('home.delete', topic='Kennismaking')
    anna.wait_for('home.delete.ask', topic='Kennismaking')
    anna.click('confirm.cancel')
    assert anna.sees('home.open', topic='Kennismaking')
    anna.click('home.delete', topic='Kennismaking')
    anna.wait_for('home.delete.ask', topic='Kennismaking')
    anna.click('home.delete', within=['home.delete.ask'], values={'topic': 'Kennismaking'}, topic='Kennismaking')
    anna.wait_for_text('home.list.empty')
    anna.browser.open(site(server))
    anna.wait_for_text('home.list.empty')


def test_of_a_moment_the_field_that_is_wrong_is_the_one_that_says_so(anna):
    anna.click('home.schedule')
    anna.wait_for('home.when')
    time = anna.browser.find('textbox', anna.names('home.time')).first
    date = anna.browser.find('textbox', anna.names('home.date')).first
    time.fill('')
    anna.click('home.save')
    anna.wait_for_text('home.date.empty')
    anna.wait_to_hear('home.date.empty')
    assert (date.get_attribute('aria-invalid'), time.get_attribute('aria-invalid')) == (None, 'true')
    assert anna.browser.evaluate('() => document.activeElement.type') == 'time'
    for field in (date, time):
        described = field.evaluate("""(one) => one.getAttribute('aria-describedby').split(' ')
          .map((id) => document.getElementById(id).textContent)""")
        assert anna.names.text('home.date.empty') in described
    time.fill('12:00')
    assert time.get_attribute('aria-invalid') is None, 'it is right as soon as it is whole'


def test_a_passcode_that_was_changed_in_the_meeting_is_the_one_at_home(anna, server):
    topic = 'Met een nieuwe code'
    plan(anna, topic)
    first = in_invite(anna, 'invite.passcode').input_value()
    close_invite(anna)
    anna.click('home.open', topic=topic)
    anna.click('join.start')
    anna.wait_for('meet')
    open_security(anna)
    anna.click('sec.newPasscode', within=['sec'])
    anna.wait_for('sec.code', within=['sec'])
    new = control(anna, 'sec.code').input_value()
    assert re.fullmatch(r'\d{4} \d{4}', new) and new != first
    anna.click('page.close', within=['sec'])
    anna.click_control('ctl.invite')
    anna.wait_for('invite')
    until(lambda: in_invite(anna, 'invite.passcode').input_value() == new, 'the invitation has the new one')
    close_invite(anna)
    anna.leave()
    # Also after a load: it lies sealed with the plan.
    anna.browser.open(site(server))
    anna.click('home.invite', topic=topic)
    anna.wait_for('invite')
    until(lambda: in_invite(anna, 'invite.passcode').input_value() == new, 'so has the one at home')
    close_invite(anna)
    anna.click('home.open', topic=topic)
    anna.click('join.start')
    anna.wait_for('meet')
    open_security(anna)
    switch(anna, 'sec.passcode', False)
    anna.leave()
    anna.browser.open(site(server))
    anna.click('home.invite', topic=topic)
    anna.wait_for('invite')
    until(lambda: in_invite(anna, 'invite.link').input_value(), 'the link is there')
    assert not in_invite(anna, 'invite.passcode').is_visible(), 'none is asked for'
    assert anna.names.text('invite.passcode.unknown') not in anna.browser.text()
    close_invite(anna)


def test_without_a_key_of_its_own_a_browser_opens_nothing_and_says_how_to_go_on(anna, server):
    plan(anna, 'Op een leencomputer', on_device=False)
    until(lambda: in_invite(anna, 'invite.host.link').count() and in_invite(anna, 'invite.host.link').is_visible(),
          'the host link is shown to be kept')
    host = in_invite(anna, 'invite.host.link').input_value()
    assert re.fullmatch(rf'{site(server)}/m/[\w-]{{22}}#[\w-]{{66}}', host)
    close_invite(anna)
    anna.wait_for_text('home.tabOnly')
    until(lambda: databases(anna) == [], 'nothing is kept here')
    # In the meeting as well: the key goes with the page.
    anna.click('home.open', topic='Op een leencomputer')
    anna.click('join.start')
    anna.wait_for('meet')
    anna.click_control('ctl.invite')
    anna.wait_for('invite')
    anna.wait_for_text('invite.host.tab')
    until(lambda: in_invite(anna, 'invite.host.link').is_visible(), 'it is in sight there, too')
    close_invite(anna)
    anna.leave()
    anna.browser.open(site(server))
    anna.wait_for_text('home.elsewhere')
    assert 'Op een leencomputer' not in anna.browser.text(), 'what it is about lies sealed'
    fill(anna, {'home.link': host})
    anna.click('home.openLink')
    anna.wait_for('join.start')


def test_what_only_this_page_can_open_is_not_lost_by_its_own_links(anna, server):
    topic = 'Op een leencomputer'
    plan(anna, topic, on_device=False)
    until(lambda: in_invite(anna, 'invite.host.link').count() and in_invite(anna, 'invite.host.link').is_visible(),
          'the host link is shown to be kept')
    host = in_invite(anna, 'invite.host.link').input_value()
    close_invite(anna)
    mark(anna)
    assert asks_before_closing(anna)
    to_the_start(anna)
    anna.wait_for('home.open', topic=topic)
    assert anna.browser.evaluate('() => document.activeElement.localName') == 'h1'
    fill(anna, {'home.link': host})
    anna.click('home.openLink')
    anna.wait_for('join.start')
    assert anna.browser.url() == host.split('#')[0]
    assert host.split('#')[1] not in anna.browser.evaluate('() => navigation.entries().map((one) => one.url).join()')
    anna.browser.page.go_back()
    anna.wait_for('home.open', topic=topic)
    assert is_marked(anna), 'nothing was loaded again'
    anna.click('home.delete', topic=topic)
    anna.wait_for('home.delete.ask', topic=topic)
    anna.click('home.delete', within=['home.delete.ask'], values={'topic': topic}, topic=topic)
    anna.wait_for_text('home.list.empty')
    assert not asks_before_closing(anna), 'there is nothing to lose any more'


def test_a_meeting_that_was_made_to_begin_now_waits_at_home_and_is_found_there_again(anna):
    fill(anna, {'home.topic': 'Zo meteen'})
    anna.click('home.start')
    anna.wait_for('join.start')
    assert asks_before_closing(anna)
    to_the_start(anna)
    anna.wait_for('home.open', topic='Zo meteen')
    anna.wait_for_text('home.tabOnly')
    anna.browser.find('button', anna.names('account.signOut')).first.dblclick()
    anna.wait_for('parting')
    assert anna.browser.evaluate('() => document.querySelectorAll("b-parting").length') == 1, 'it asks once'
    assert anna.sees('parting.copy', within=['parting'], topic='Zo meteen')
    anna.click('confirm.cancel')
    until(lambda: not anna.sees('parting'), 'Anna stays')
    for _ in range(2):
        anna.click('home.open', topic='Zo meteen')
        anna.wait_for('join.start')
        anna.click('join.start')
        anna.wait_for('meet')
        anna.leave()
        anna.click('after.home')
        anna.wait_for('home.open', topic='Zo meteen')
    anna.click('home.delete', topic='Zo meteen')
    anna.wait_for('home.delete.ask', topic='Zo meteen')
    anna.click('home.delete', within=['home.delete.ask'], values={'topic': 'Zo meteen'}, topic='Zo meteen')
    anna.wait_for_text('home.list.empty')
    assert not asks_before_closing(anna)


def test_whoever_was_signed_out_meanwhile_signs_in_again_without_loading_the_page(anna):
    mark(anna)
    anna.browser.context.clear_cookies()
    anna.click('home.schedule')
    anna.wait_for('home.when')
    anna.click('home.save')
    anna.wait_for_text('home.failed.session')
    anna.wait_to_hear('home.failed.session')
    was_refused(anna, 401)
    assert databases(anna) == [], 'no key for somebody who is not signed in'
    anna.click('account.toSignIn')
    anna.wait_for('account.signIn.title')
    assert not anna.sees('account.open', name='Anna')
    give(anna, 'anna@example.org', 'correct horse battery staple')
    anna.wait_for('home.start')
    assert is_marked(anna), 'nothing was loaded again'


def test_signing_out_leaves_nothing_and_asks_whoever_would_lose_something(anna, server):
    plan(anna, 'Voor later')
    close_invite(anna)
    anna.click('account.signOut')
    anna.wait_for('parting')
    anna.click('confirm.cancel')
    assert anna.sees('home.open', topic='Voor later')
    anna.click('account.signOut')
    anna.wait_for('parting')
    anna.click('parting.copy', within=['parting'], topic='Voor later')
    until(lambda: '#' in copied(anna), 'the host link is copied')
    anna.wait_for_text('parting.copied', topic='Voor later')
    host = copied(anna)
    anna.click('parting.go', within=['parting'])
    anna.wait_for('account.toSignIn')
    anna.wait_to_hear('account.signedOut')
    assert 'Voor later' not in anna.browser.evaluate('() => document.documentElement.textContent'), 'nor what was said'
    until(lambda: databases(anna) == [], 'nothing is left')
    anna.browser.open(host)
    anna.wait_for('join.start')


def test_where_the_browser_does_not_copy_the_link_is_there_to_be_copied_by_hand(anna, server):
    plan(anna, 'Voor later')
    anna.browser.evaluate('() => { navigator.clipboard.writeText = () => Promise.reject(new Error("no")); }')
    selected = '() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)'
    fill(anna, {'invite.guest': 'Bram'}, within='invite')
    anna.click('invite.personal', within=['invite'])
    anna.wait_for('invite.personal.copy', name='Bram')
    anna.click('invite.personal.copy', within=['invite'], name='Bram')
    anna.wait_for_text('invite.personal.notCopied', name='Bram')
    anna.wait_to_hear('invite.personal.notCopied', name='Bram')
    link = in_invite(anna, 'account.once.link').input_value()
    assert re.fullmatch(rf'{site(server)}/m/[\w-]{{22}}#[\w-]{{87}}', link)
    assert anna.browser.evaluate(selected) == link
    close_invite(anna)
    anna.click('account.signOut')
    anna.wait_for('parting')
    anna.click('parting.copy', within=['parting'], topic='Voor later')
    anna.wait_for_text('parting.notCopied', topic='Voor later')
    host = anna.browser.find('textbox', anna.names('invite.host.link'), [('dialog', anna.names('parting'))]).input_value()
    assert re.fullmatch(rf'{site(server)}/m/[\w-]{{22}}#[\w-]{{66}}', host)
    assert anna.browser.evaluate(selected) == host
    anna.click('confirm.cancel')
    until(lambda: not anna.sees('parting'), 'Anna stays')
    inside = '() => [...document.querySelectorAll("input")].map((one) => one.value).join(" ")'
    assert '#' not in anna.browser.evaluate(inside), 'what is closed is forgotten'


def test_P026_a_personal_link_brings_one_guest_in_and_P040_a_name_that_is_expected_is_marked(people, server, anna):
    anna.click('home.coaching')
    choose(anna, 'home.one', False)
    start_now(anna)
    in_invite(anna, 'invite.expected').fill('Zoë de Wit\nbram')
    fill(anna, {'invite.guest': 'Bram'}, within='invite')
    anna.click('invite.personal', within=['invite'])
    anna.wait_for('invite.personal.copy', name='Bram')
    anna.click('invite.personal.copy', within=['invite'], name='Bram')
    until(lambda: re.fullmatch(rf'{site(server)}/m/[\w-]{{22}}#[\w-]{{87}}', copied(anna)), 'a personal link')
    link = copied(anna)
    close_invite(anna)
    bram, chris = people(), people()
    assert (bram.name, chris.name) == ('Bram', 'Chris')
    bram.ask(link)
    anna.open_people()
    anna.wait_for('people.admit', name='Bram')
    until(lambda: anna.names.text('people.expected') in anna.browser.find('region', anna.names('people')).inner_text(),
          'Bram is marked')
    anna.admit(bram)
    bram.wait_for('meet')
    anna.wait_for('meet.tile', name='Bram')
    # Somebody else with a link of their own is not on the list.
    anna.click_control('ctl.invite')
    fill(anna, {'invite.guest': 'Chris'}, within='invite')
    anna.click('invite.personal', within=['invite'])
    anna.wait_for('invite.personal.copy', name='Chris')
    anna.click('invite.personal.copy', within=['invite'], name='Chris')
    until(lambda: copied(anna) != link, 'another link')
    other = copied(anna)
    close_invite(anna)
    chris.ask(other)
    anna.open_people()
    anna.wait_for('people.admit', name='Chris')
    assert anna.names.text('people.expected') not in anna.browser.find('region', anna.names('people')).inner_text()


def test_P026_a_revoked_link_leaves_the_list_and_leads_nobody_in(people, server, anna):
    anna.click('home.lesson')  # where a personal link leads in at once
    start_now(anna)
    fill(anna, {'invite.guest': 'Bram'}, within='invite')
    anna.click('invite.personal', within=['invite'])
    anna.wait_for('invite.personal.copy', name='Bram')
    anna.click('invite.personal.copy', within=['invite'], name='Bram')
    until(lambda: '#' in copied(anna), 'the link is copied')
    link = copied(anna)
    anna.click('invite.personal.revoke', within=['invite'], name='Bram')
    anna.wait_to_hear('invite.personal.revoked', name='Bram')
    assert not anna.sees('invite.personal.copy', name='Bram')
    close_invite(anna)
    bram = people()
    bram.ask(link, microphone=False, camera=False)
    until(lambda: not bram.sees('join'), 'Bram has an answer')
    assert not bram.sees('meet'), 'and it is not the meeting'


def test_a_personal_link_of_a_lesson_leads_in_at_once(people, server, anna):
    anna.click('home.lesson')
    start_now(anna)
    fill(anna, {'invite.guest': 'Bram'}, within='invite')
    anna.click('invite.personal', within=['invite'])
    anna.wait_for('invite.personal.copy', name='Bram')
    anna.click('invite.personal.copy', within=['invite'], name='Bram')
    until(lambda: '#' in copied(anna), 'the link is copied')
    bram = people()
    bram.ask(copied(anna), microphone=False, camera=False)
    bram.wait_for('meet')
    # Taken back while they are in: they stay, and that is said.
    bram.wait_for('meet.tile', name='Anna')
    anna.click('invite.personal.revoke', within=['invite'], name='Bram')
    anna.wait_for_text('act.inUse')
    close_invite(anna)
    assert bram.sees('meet') and anna.sees('meet.tile', name='Bram')


@pytest.mark.parametrize(('language', 'scheme', 'size'), LOOKS)
def test_the_home_of_a_host_is_accessible(people, server, look, language, scheme, size):  # noqa: F811
    anna = set_up(people, server, language=language, viewport=SIZES[size], color_scheme=scheme, has_touch=size == 'phone')
    anna.wait_for('home.profile')
    anna.wait_for_text('home.list.empty')
    look(anna, 'home-host')
    anna.click('home.consultation')
    plan(anna, 'Kennismaking met een onderwerp dat niet op één regel past')
    look(anna, 'invite-planned')
    fill(anna, {'invite.guest': 'Bram de Vries'}, within='invite')
    anna.click('invite.personal', within=['invite'])
    anna.wait_for('invite.personal.copy', name='Bram de Vries')
    anna.browser.evaluate('() => document.querySelector("b-invite details").open = true')
    look(anna, 'invite-personal')
    close_invite(anna)
    anna.click('home.schedule')
    anna.wait_for('home.when')
    look(anna, 'home-planning')
    anna.click('home.delete', topic='Kennismaking met een onderwerp dat niet op één regel past')
    look(anna, 'home-delete')
    anna.click('confirm.cancel')
    anna.browser.page.get_by_role('button', name=anna.names('account.signOut'), exact=True).click()
    anna.wait_for('parting')
    look(anna, 'parting')
    anna.click('confirm.cancel')
    anna.browser.context.clear_cookies()
