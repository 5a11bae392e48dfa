"""Accounts: set up, signed in with every step there is, looked after, and gone again; and nothing is kept in the browser but
the one cookie."""

import base64
import hmac
import json
import re
import struct
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from harness.waiting import until
from test_screens import LOOKS, SIZES, look  # noqa: F401 (a fixture)

PASSWORD = 'correct horse battery staple'
ANNA, BRAM = 'anna@example.org', 'bram@example.org'


def site(server):
    """Where passkeys work: for this machine that is its name and not its number."""
    return f'http://localhost:{server.port}'


def set_up_link(server):
    found = until(lambda: re.search(r'/setup#([\w-]{43})\b', ''.join(server.log)), 'the server prints a set-up link')
    return f'{site(server)}/setup#{found[1]}'


def fill(person, fields, within=None, **values):
    """Types into fields; `within` is the name of a region, dialog or group that they are in."""
    places = [(person.names.role(within), person.names(within, **values))] if within else None
    for identifier, text in fields.items():
        person.browser.find('textbox', person.names(identifier), places).first.fill(text)


def set_up(people, server, **options):
    """The first account, which may do everything."""
    anna = people(**options)
    anna.browser.open(set_up_link(server))
    anna.wait_for('account.setUp.title')
    fill(anna, {'account.email': ANNA, 'account.name': 'Anna', 'account.password': PASSWORD})
    anna.click('account.setUp')
    anna.wait_for('home')
    anna.wait_for('account.signOut')
    anna.wait_for('home.start')  # all of it is loaded: a browser calls what it leaves half loaded altered
    return anna


def sign_in(person, server, email=ANNA, password=PASSWORD):
    person.browser.open(f'{site(server)}/sign-in')
    give(person, email, password)


def give(person, email, password):
    """The first step; what comes then is for the test to say."""
    person.wait_for('account.signIn')
    fill(person, {'account.email': email, 'account.password': password})
    person.click('account.signIn')


def open_account(person, name='Anna'):
    person.click('account.open', name=name)
    person.wait_for('account.title')


def sign_out(person):
    person.click('account.signOut')
    person.wait_for('account.toSignIn')


def wait_to_be_told(person, identifier):
    """Waits for a sentence, up to the first thing in it that varies."""
    text = person.names.text(identifier).split('{')[0]
    until(lambda: text in person.browser.text(), f'{person.name} reads "{text}"')


def keeps_only_the_cookie(person):
    """Whoever is signed in has the one cookie that no script reads, and nothing else; without it they are as clean as a guest."""
    cookies, storage = person.browser.stored()
    assert [(one['name'], one['httpOnly'], one['secure'], one['sameSite'], one['expires']) for one in cookies] == [
        ('__Host-beraad', True, True, 'Strict', -1)]
    assert storage == []
    assert person.browser.evaluate('() => document.cookie') == ''
    person.browser.context.clear_cookies()


def was_refused(person, *statuses):
    """The browser writes a line of its own for every refusal; these were asked for, and any other is a fault."""

    def seen():
        person.browser.title()  # lets what the browser wrote arrive
        found = [re.search(r'status of (\d+)', line) for line in person.browser.errors]
        return [int(one[1]) for one in found if one]

    until(lambda: len(seen()) >= len(statuses), f'{person.name} was refused {statuses}')
    assert seen() == list(statuses)
    person.browser.errors[:] = [line for line in person.browser.errors if 'status of' not in line]


def token_is_nowhere(person, token):
    """Not in the address, the title, anything on the page, or anywhere that Back leads to."""
    seen = person.browser.evaluate('''() => [location.href, document.title, document.documentElement.outerHTML,
      [...document.querySelectorAll('input')].map((one) => one.value), JSON.stringify(history.state),
      navigation.entries().map((one) => one.url), document.referrer]''')
    assert token not in json.dumps(seen)
    assert [url for url in person.browser.requests if '/api/' in url and token in url] == []


def digits(secret, step):
    """The six digits of an app (RFC 6238)."""
    mac = hmac.new(base64.b32decode(secret), struct.pack('>Q', step), 'sha1').digest()
    at = mac[-1] & 15
    return f'{(struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}'


def half_minute():
    return int(time.time()) // 30


def secret_of(person):
    """What the page shows for an app: as text in groups, and as a link."""
    places = [('region', person.names('account.codes'))]
    href = person.browser.find('link', person.names('account.codes.open'), places).get_attribute('href')
    address = urlsplit(href)
    assert (address.scheme, address.netloc) == ('otpauth', 'totp')
    secret = parse_qs(address.query)['secret'][0]
    shown = ' '.join(secret[at:at + 4] for at in range(0, len(secret), 4))
    assert shown in person.browser.text()
    assert person.sees('account.codes.picture', within=['account.codes'])
    return secret


def turn_codes_on(person):
    """Sets up codes; answers the secret, the half minute that was used, and the recovery codes."""
    person.click('account.codes.start', within=['account.codes'])
    person.wait_for('account.codes.confirm')
    secret, step = secret_of(person), half_minute()
    fill(person, {'account.code': digits(secret, step)}, within='account.codes')
    person.click('account.codes.confirm')
    person.wait_for('account.recovery.title')
    codes = person.browser.find('list', person.names('account.recovery.title')).get_by_role('listitem').all_inner_texts()
    assert len(codes) == 10 and all(re.fullmatch(r'[a-z2-7]{4}(-[a-z2-7]{4}){3}', code) for code in codes)
    return secret, step, codes


def one_time_link(person):
    person.wait_for('account.once')
    link = person.browser.find('textbox', person.names('account.once.link')).input_value()
    person.click('page.close', within=['account.once'])
    until(lambda: not person.sees('account.once'), 'the dialog is closed')
    token_is_nowhere(person, link.split('#')[1])
    return link


def test_P037_the_first_host_is_made_with_the_link_that_the_server_prints(people, server):
    link = set_up_link(server)
    anna = people()
    anna.browser.open(link)
    anna.wait_for('account.setUp.title')
    token_is_nowhere(anna, link.split('#')[1])
    # Everything that is missing is said beside its field, and nothing is sent before it is there.
    for fields, text in (
        ({}, 'account.email.bad'),
        ({'account.email': ANNA}, 'join.name.empty'),
        ({'account.name': 'Anna'}, 'account.password.short'),
        ({'account.password': 'too short'}, 'account.password.short'),
        ({'account.password': 'x' * 129}, 'account.password.long'),
    ):
        fill(anna, fields)
        anna.click('account.setUp')
        anna.wait_for_text(text)
        anna.wait_to_hear(text)
        focused = anna.browser.evaluate('() => document.activeElement.getAttribute("aria-invalid")')
        assert focused == 'true', text
    assert [url for url in anna.browser.requests if '/api/' in url] == []
    fill(anna, {'account.password': PASSWORD})
    anna.click('account.show.1')
    password = anna.browser.find('textbox', anna.names('account.password')).first
    assert password.get_attribute('type') == 'text'
    assert password.get_attribute('autocomplete') == 'new-password'
    password.press('Enter')
    anna.wait_for('home')
    anna.wait_for('account.signOut')
    assert anna.browser.url() == f'{site(server)}/'
    token_is_nowhere(anna, link.split('#')[1])
    keeps_only_the_cookie(anna)


def test_a_set_up_link_works_once(people, server):
    link = set_up_link(server)
    anna = set_up(people, server)
    bram = people()
    bram.browser.open(link)
    fill(bram, {'account.email': BRAM, 'account.name': 'Bram', 'account.password': PASSWORD})
    bram.click('account.setUp')
    bram.wait_for_text('err.signIn.3')
    bram.wait_to_hear('err.signIn.3')
    assert not bram.sees('account.setUp')
    was_refused(bram, 401)
    bram.click('account.toSignIn')
    bram.wait_for('account.signIn.title')
    # And half a link is known to be half before anything is typed.
    bram.browser.open(link[:-1])
    bram.wait_for_text('account.link.broken')
    keeps_only_the_cookie(anna)


def test_signing_in_is_refused_with_one_sentence_and_paused_after_five_tries(people, server):
    anna = set_up(people, server)
    sign_out(anna)
    assert anna.browser.stored() == ([], [])
    anna.click('account.toSignIn')
    give(anna, ANNA, 'not the password of Anna')
    anna.wait_for_text('err.signIn.1')
    give(anna, 'nobody@example.org', PASSWORD)
    anna.wait_for_text('err.signIn.1')
    give(anna, ANNA, PASSWORD)
    anna.wait_for('home')
    sign_out(anna)
    was_refused(anna, 401, 401)
    anna.click('account.toSignIn')
    for number in range(5):
        give(anna, ANNA, f'guess number {number}')
        was_refused(anna, 401)
    give(anna, ANNA, PASSWORD)
    wait_to_be_told(anna, 'err.signIn.2')
    was_refused(anna, 429)
    # Whoever forgot it reads what to do, and that no mail will come.
    anna.click('account.toReset')
    anna.wait_for('account.reset')
    anna.wait_for_text('account.reset.text')


def test_P037_a_code_of_an_app_is_asked_for_and_recovery_codes_work_once(people, server):
    anna = set_up(people, server)
    open_account(anna)
    secret, step, recovery = turn_codes_on(anna)
    anna.click('account.recovery.done')
    assert recovery[0] not in anna.browser.text()
    sign_out(anna)
    sign_in(anna, server)
    anna.wait_for_text('account.code.lead')
    assert anna.browser.stored() == ([], [])
    # The code that turned it on was used.
    fill(anna, {'account.code': digits(secret, step)})
    anna.click('account.signIn')
    anna.wait_for_text('account.code.wrong')
    fill(anna, {'account.code': digits(secret, step + 1)})
    anna.click('account.signIn')
    anna.wait_for('home')
    sign_out(anna)
    sign_in(anna, server)
    anna.click('account.recovery.use')
    fill(anna, {'account.recovery': recovery[3].upper()})
    anna.click('account.signIn')
    anna.wait_for('home')
    sign_out(anna)
    sign_in(anna, server)
    anna.click('account.recovery.use')
    fill(anna, {'account.recovery': recovery[3]})
    anna.click('account.signIn')
    anna.wait_for_text('account.code.wrong')
    fill(anna, {'account.recovery': recovery[4]})
    anna.click('account.signIn')
    anna.wait_for('home')
    was_refused(anna, 401, 401)
    open_account(anna)
    text = anna.names.text('account.codes.on.other', n=8)
    until(lambda: text in anna.browser.text(), 'eight recovery codes are left')
    anna.click('account.codes.drop', within=['account.codes'])
    anna.wait_for_text('account.codes.off')
    keeps_only_the_cookie(anna)


def test_after_five_wrong_codes_the_password_is_asked_for_again(people, server):
    anna = set_up(people, server)
    open_account(anna)
    turn_codes_on(anna)
    sign_out(anna)
    sign_in(anna, server)
    for number in range(5):
        fill(anna, {'account.code': f'{number}' * 6})
        anna.click('account.signIn')
        was_refused(anna, 401)
    anna.wait_for_text('account.code.over')
    assert anna.sees('account.passkey') and not anna.sees('account.code')


def test_P037_a_passkey_signs_in_without_a_password(people, server):
    anna = set_up(people, server)
    devices = anna.browser.context.new_cdp_session(anna.browser.page)
    devices.send('WebAuthn.enable')
    devices.send('WebAuthn.addVirtualAuthenticator', {'options': {
        'protocol': 'ctap2', 'transport': 'internal', 'hasResidentKey': True, 'hasUserVerification': True,
        'isUserVerified': True, 'automaticPresenceSimulation': True}})
    open_account(anna)
    anna.wait_for_text('account.passkeys.none')
    anna.click('account.passkeys.add')
    anna.wait_for('account.passkeys.remove', n=1)
    # One for each device.
    anna.click('account.passkeys.add')
    anna.wait_for_text('account.passkey.known')
    sign_out(anna)
    anna.click('account.toSignIn')
    anna.click('account.passkey')
    anna.wait_for('home')
    open_account(anna)
    anna.click('account.passkeys.remove', n=1)
    anna.wait_for_text('account.passkeys.none')
    sign_out(anna)
    anna.click('account.toSignIn')
    anna.click('account.passkey')
    anna.wait_for_text('account.passkey.unknown')
    was_refused(anna, 401)


def test_P037_an_admin_invites_a_host_and_renews_their_password(people, server):
    anna, bram = set_up(people, server), people(language='en')
    open_account(anna)
    anna.click('account.invite')
    anna.wait_for('account.once')
    anna.browser.page.mouse.click(4, 4)
    assert anna.sees('account.once'), 'a click beside it does not take away what is seen only now'
    link = one_time_link(anna)
    assert link.startswith(f'{site(server)}/invited#')
    anna.wait_for('account.links.remove', n=1)
    bram.browser.open(link)
    bram.wait_for('account.invited.title')
    token_is_nowhere(bram, link.split('#')[1])
    # Somebody's address already: the link stays good.
    fill(bram, {'account.email': ANNA, 'account.name': 'Bram', 'account.password': PASSWORD})
    bram.click('account.create')
    bram.wait_for_text('account.email.taken')
    was_refused(bram, 409)
    fill(bram, {'account.email': BRAM})
    bram.click('account.create')
    bram.wait_for('account.open', name='Bram')
    open_account(bram, 'Bram')
    assert not bram.sees('account.accounts') and not bram.sees('account.invitations')
    # A second invitation is taken back.
    anna.click('account.invite')
    taken_back = one_time_link(anna)
    anna.click('account.links.remove', n=1)
    anna.wait_for_text('account.links.none')
    chris = people()
    chris.browser.open(taken_back)
    fill(chris, {'account.email': 'chris@example.org', 'account.name': 'Chris', 'account.password': PASSWORD})
    chris.click('account.create')
    chris.wait_for_text('account.invited.used')
    was_refused(chris, 401)
    # Bram forgets his password.
    anna.browser.page.reload()
    anna.click('account.renewal', email=BRAM)
    renewal = one_time_link(anna)
    assert renewal.startswith(f'{site(server)}/renew#')
    bram.browser.open(renewal)
    bram.wait_for('account.renew.title')
    fill(bram, {'account.new': 'another horse battery'})
    bram.click('account.renew')
    bram.wait_for_text('account.renew.done')
    token_is_nowhere(bram, renewal.split('#')[1])
    give(bram, BRAM, PASSWORD)
    bram.wait_for_text('err.signIn.1')
    was_refused(bram, 401)
    give(bram, BRAM, 'another horse battery')
    bram.wait_for('home')
    open_account(bram, 'Bram')
    bram.wait_for_text('account.renewed')
    # Anna closes the account, and Bram is out.
    anna.click('account.closeOther', email=BRAM)
    anna.click('account.closeOther.short', within=['account.closeOther.ask'], values={'email': BRAM})
    until(lambda: BRAM not in anna.browser.text(), 'Bram is not in the list any more')
    bram.click('account.signOutEverywhere')
    bram.wait_for_text('account.signedOut')
    was_refused(bram, 401)
    keeps_only_the_cookie(anna)
    bram.browser.context.clear_cookies()


def test_the_password_is_asked_for_once_more_and_the_act_goes_on(people, server):
    anna = set_up(people, server)
    open_account(anna)
    refused = []

    def refuse_once(route):
        if refused:
            return route.continue_()
        refused.append(route.request.url)
        return route.fulfill(status=403, content_type='application/json', body='{"error":"confirmationNeeded"}')

    anna.browser.page.route('**/api/v1/accounts/invitations', refuse_once)
    anna.click('account.invite')
    anna.wait_for('account.proof')
    fill(anna, {'account.password': 'not the password of Anna'}, within='account.proof')
    anna.click('account.proof.go')
    anna.wait_for_text('account.current.wrong')
    fill(anna, {'account.password': PASSWORD}, within='account.proof')
    anna.click('account.proof.go')
    assert '#' in one_time_link(anna)
    was_refused(anna, 403, 401)
    # Who closes the dialog has said no.
    refused.clear()
    anna.click('account.invite')
    anna.wait_for('account.proof')
    anna.browser.page.keyboard.press('Escape')
    until(lambda: not anna.sees('account.proof'), 'the dialog is closed')
    assert not anna.sees('account.once')
    was_refused(anna, 403)
    keeps_only_the_cookie(anna)


def test_a_password_is_changed_and_other_browsers_are_signed_out(people, server):
    anna, other = set_up(people, server), people()
    sign_in(other, server)
    other.wait_for('home')
    open_account(anna)
    new = 'a longer horse battery'
    fill(anna, {'account.current': 'not the password of Anna', 'account.new': new}, within='account.password.part')
    anna.click('account.change')
    anna.wait_for_text('account.current.wrong')
    fill(anna, {'account.current': PASSWORD}, within='account.password.part')
    anna.click('account.change')
    anna.wait_to_hear('account.change.done')
    was_refused(anna, 401)
    other.browser.open(f'{site(server)}/account')
    other.wait_for('account.signIn.title')
    other.browser.context.clear_cookies()
    # Whoever is alone may go; the password is asked for all the same. The next start of the server prints a new link.
    anna.click('account.close.act')
    anna.wait_for('account.close.ask')
    anna.click('account.close.act', within=['account.close.ask'])
    anna.wait_for('account.proof')
    fill(anna, {'account.password': new}, within='account.proof')
    anna.click('account.proof.go')
    anna.wait_for_text('account.closed')
    assert anna.browser.context.cookies() == []


def test_whoever_was_signed_out_meanwhile_is_told_so_at_their_account(people, server):
    anna = set_up(people, server)
    anna.browser.context.clear_cookies()
    anna.click('account.open', name='Anna')
    anna.wait_for_text('account.over')
    anna.wait_for('account.signIn.title')
    was_refused(anna, 401)


def test_back_and_forward_lead_where_they_led(people, server):
    anna = set_up(people, server)
    open_account(anna)
    page = anna.browser.page
    page.go_back()
    anna.wait_for('home')
    page.go_forward()
    anna.wait_for('account.title')
    page.reload()
    anna.wait_for('account.title')
    sign_out(anna)
    page.go_back()
    anna.wait_for('account.signIn.title')


def test_firefox_too_keeps_the_cookie_for_this_machine(people, server):
    anna = people('firefox')
    anna.browser.open(set_up_link(server))
    anna.wait_for('account.setUp.title')
    for identifier, text in (('account.email', ANNA), ('account.name', 'Anna'), ('account.password', PASSWORD)):
        anna.browser.fill('textbox', anna.names(identifier), text)
    anna.click('account.setUp')
    anna.wait_for('account.open', name='Anna')
    anna.wait_for('home.start')
    # Loaded anew, the page finds out who is signed in by the cookie alone.
    anna.browser.open(f'{site(server)}/account')
    anna.wait_for('account.title')
    sign_out(anna)
    assert anna.browser.stored() == ([], [])


def test_a_guest_is_never_asked_who_they_are(people, server, link):
    bram = people()
    bram.open(link)
    assert [url for url in bram.browser.requests if '/api/v1/account' in url] == []


@pytest.mark.parametrize(('language', 'scheme', 'size'), LOOKS)
def test_every_page_of_accounts_is_accessible(people, server, look, language, scheme, size):  # noqa: F811
    link = set_up_link(server)
    options = {'language': language, 'viewport': SIZES[size], 'color_scheme': scheme, 'has_touch': size == 'phone'}
    anna = people(**options)
    anna.browser.open(link)
    anna.wait_for('account.setUp.title')
    look(anna, 'set-up')
    anna.click('account.setUp')
    look(anna, 'set-up-error')
    fill(anna, {'account.email': ANNA, 'account.name': 'Anna', 'account.password': PASSWORD})
    anna.click('account.setUp')
    anna.wait_for('home')
    look(anna, 'home-signed-in')
    open_account(anna)
    anna.wait_for_text('account.accounts.own')
    look(anna, 'account')
    anna.click('account.codes.start', within=['account.codes'])
    anna.wait_for('account.codes.confirm')
    look(anna, 'account-codes')
    secret = secret_of(anna)
    fill(anna, {'account.code': digits(secret, half_minute())}, within='account.codes')
    anna.click('account.codes.confirm')
    anna.wait_for('account.recovery.title')
    look(anna, 'account-recovery')
    anna.click('account.invite')
    anna.wait_for('account.once')
    look(anna, 'account-one-time')
    anna.click('page.close', within=['account.once'])
    look(anna, 'account-links')
    anna.click('account.close.act')
    anna.wait_for('account.close.ask')
    look(anna, 'account-close')
    anna.click('account.close.act', within=['account.close.ask'])
    anna.wait_for('account.proof')
    look(anna, 'account-proof')
    anna.browser.page.keyboard.press('Escape')
    until(lambda: not anna.sees('account.proof'), 'the dialog is closed')
    sign_out(anna)
    look(anna, 'home-signed-out')
    anna.click('account.toSignIn')
    anna.click('account.toReset')
    look(anna, 'sign-in')
    give(anna, ANNA, PASSWORD)
    anna.wait_for_text('account.code.lead')
    look(anna, 'sign-in-code')
    anna.browser.open(link)
    fill(anna, {'account.email': ANNA, 'account.name': 'Anna', 'account.password': PASSWORD})
    anna.click('account.setUp')
    anna.wait_for_text('err.signIn.3')
    look(anna, 'set-up-used')
    was_refused(anna, 401)
    for path, title in (('invited', 'account.invited.title'), ('renew', 'account.renew.title')):
        anna.browser.open(f'{site(server)}/{path}#{"A" * 43}')
        anna.wait_for(title)
        look(anna, path)
