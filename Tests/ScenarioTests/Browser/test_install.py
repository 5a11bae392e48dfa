"""The program in the browser of whoever has an account and installs it: kept whole and nothing beside it, there without a
network and behind the server where there is one, replaced when nobody is disturbed, and gone again. A guest's browser never has any of it (Chromium)."""

import re
import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import Error

from harness.accounts import set_up, site
from harness.host import end_for_all
from harness.places import ROOT
from harness.server import Server
from harness.waiting import until
from test_home import to_the_start

KEPT = '''async () => {
  const shelves = await caches.keys();
  const files = await Promise.all(shelves.map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)));
  const workers = await navigator.serviceWorker.getRegistrations();
  return { shelves, files: files.flat().sort(), workers: workers.map((one) => one.active?.scriptURL ?? null) };
}'''
NOTHING = {'shelves': [], 'files': [], 'workers': []}
RELEASE = '() => new URL(document.querySelector("script[type=module]").src).pathname.split("/")[2]'


def kept(person):
    return person.browser.evaluate(KEPT)


def release(person):
    """Which one runs; None while the page is loaded."""
    try:
        return person.browser.evaluate(RELEASE)
    except Error:
        return None


def open_account(person):
    person.click('account.open', name='Anna')
    person.wait_for('account.install.title')


def install(person):
    """From the page of the account."""
    person.click('account.install', within=['account.install.title'])
    person.wait_for('account.install.remove', within=['account.install.title'], seconds=60)
    assert person.names.text('account.install.state') in person.browser.text()


def names_manifest(person):
    return person.browser.evaluate('() => document.querySelector("link[rel=manifest]") !== null')


def go_offline(person):
    person.browser.context.set_offline(True)


def go_online(person):
    """Each request that failed meanwhile has a line of the browser's own; any other line is a fault."""
    person.browser.context.set_offline(False)
    person.browser.title()  # lets what the browser wrote arrive
    person.browser.errors[:] = [line for line in person.browser.errors if 'ERR_INTERNET_DISCONNECTED' not in line]


@pytest.mark.parametrize('language', ['nl', 'en'])
def test_P087_whoever_has_an_account_installs_it_starts_without_a_network_and_takes_it_away(people, server, language):
    anna = people(language=language)
    set_up(anna, server)
    assert kept(anna) == NOTHING
    open_account(anna)
    assert kept(anna) == NOTHING, 'looking at it installs nothing'
    install(anna)
    name = release(anna)
    found = kept(anna)
    assert found['shelves'] == [f'shell {name}']
    assert found['workers'] == [f'{site(server)}/sw.js']
    files = [url.removeprefix(site(server)) for url in found['files']]
    assert '/' in files and f'/a/{name}/app.js' in files and f'/a/{name}/e2ee/engine/e2ee.wasm' in files
    assert [path for path in files if path != '/' and not re.fullmatch(rf'/a/{name}/[\w./-]+', path)] == []
    assert len(files) > 100

    go_offline(anna)
    anna.browser.open(f'{site(server)}/')
    anna.wait_for_text('home.offline')
    anna.wait_for('home')
    assert anna.sees('home.link'), 'it is the program, not a page about the network'
    go_online(anna)
    anna.wait_for('home.start')  # it asks by itself who is signed in
    assert anna.names.text('home.offline') not in anna.browser.text()
    assert kept(anna) == found

    open_account(anna)
    anna.click('account.install.remove', within=['account.install.title'])
    anna.wait_for('account.install', within=['account.install.title'])
    assert kept(anna) == NOTHING
    anna.browser.open(f'{site(server)}/')
    anna.wait_for('home.start')
    assert kept(anna) == NOTHING, 'nothing comes back by itself'
    anna.browser.context.clear_cookies()


def test_P017_signing_out_takes_it_away(people, server):
    anna = people()
    set_up(anna, server)
    open_account(anna)
    install(anna)
    anna.click('account.signOutEverywhere')
    anna.wait_for('account.toSignIn')
    until(lambda: kept(anna) == NOTHING, 'nothing is left')


def test_P017_a_meeting_leaves_nothing_in_it_and_a_guest_has_none(people, server):
    anna, bram = people(), people(language='en')
    set_up(anna, server)
    open_account(anna)
    install(anna)
    anna.browser.open(f'{site(server)}/')  # from here on the worker answers
    anna.wait_for('home.start')
    assert anna.browser.evaluate('() => navigator.serviceWorker.controller !== null')
    before = kept(anna)
    open_account(anna)
    assert names_manifest(anna)
    to_the_start(anna)
    anna.wait_for('home.start')
    anna.click('home.start')
    anna.wait_for('join')
    if not anna.browser.find('textbox', anna.names('join.name')).input_value():
        anna.browser.fill('textbox', anna.names('join.name'), anna.name)
    anna.click('join.start')
    anna.wait_for('invite', seconds=30)
    in_invite = [('dialog', anna.names('invite'))]
    link, code = (anna.browser.find('textbox', anna.names(name), in_invite).input_value()
                  for name in ('invite.link', 'invite.passcode'))
    anna.click('page.close', within=['invite'])
    bram.browser.open(link)
    bram.wait_for('pass.code')
    bram.browser.fill('textbox', bram.names('pass.code'), code)
    bram.click('pass.go')
    bram.wait_for('join')
    bram.browser.fill('textbox', bram.names('join.name'), bram.name)
    bram.click('join.ask')
    anna.admit(bram)
    bram.wait_for('meet')
    assert kept(bram) == NOTHING
    assert not names_manifest(bram)
    assert not names_manifest(anna), 'nor does a page after that of the account'
    anna.click('page.close', within=['people'])
    assert kept(anna) == before
    end_for_all(anna)
    bram.wait_for('after.receipt')
    assert kept(bram) == NOTHING
    assert kept(anna) == before

    # A guest's link in the same browser: nothing of it is kept.
    guest = server.create().replace('127.0.0.1', 'localhost')
    anna.open(guest)
    assert kept(anna) == before
    assert [url for url in kept(anna)['files'] if '/m/' in url or '#' in url] == []
    anna.browser.open(f'{site(server)}/')
    anna.click('account.signOut')
    anna.wait_for('account.toSignIn')
    until(lambda: kept(anna) == NOTHING, 'nothing is left')


def test_P017_a_guest_whose_network_returns_asks_nobody_who_is_signed_in(people, link):
    bram = people(clean=False).join(link)
    bram.browser.evaluate('() => { addEventListener("online", () => { window.isBack = true; }); }')
    asked = len(bram.browser.requests)
    go_offline(bram)
    until(lambda: not bram.browser.evaluate('() => navigator.onLine'), 'the network is gone')
    go_online(bram)
    until(lambda: bram.browser.evaluate('() => window.isBack === true'), 'the page has heard that it is back')
    bram.wait_for('meet')
    assert [url for url in bram.browser.requests[asked:] if '/api/v1/account' in url] == []


@contextmanager
def next_release(server, folder):
    """The same server with other files, from now on."""
    web = folder / 'web'
    shutil.copytree(ROOT / 'Web', web)
    sheet = web / 'styles' / 'base.css'
    sheet.write_text(sheet.read_text() + '\n/* another release */\n')
    server.stop()
    after = Server(folder / 'data', '--web', str(web), '--port', str(server.port))
    try:
        yield after
    finally:
        after.stop()


def set_up_installed(person, server):
    """Signed in at home, on a page that a worker answers for; says which release runs."""
    set_up(person, server)
    open_account(person)
    install(person)
    person.browser.open(f'{site(server)}/')
    person.wait_for('home.start')
    return release(person)


def sign_out_of_it(person):
    person.click('account.signOut')
    person.wait_for('account.toSignIn')
    until(lambda: kept(person) == NOTHING, 'nothing is left')


def test_a_new_release_waits_until_it_is_asked_for_and_no_other_window_is_open(people, server, tmp_path):
    anna = people()
    old = set_up_installed(anna, server)
    with next_release(server, tmp_path):
        open_account(anna)
        to_the_start(anna)  # the same page still, and it looks for a newer one
        anna.wait_for_text('home.release', seconds=60)
        assert release(anna) == old, 'nothing changes before somebody wants it'
        other = anna.browser.context.new_page()
        other.goto(f'{site(server)}/privacy')
        anna.click('home.release.use')
        anna.wait_for_text('home.release.elsewhere')
        assert release(anna) == old
        other.close()
        anna.click('home.release.use')
        new = until(lambda: (now := release(anna)) not in (None, old) and now, 'the new release runs')
        until(lambda: kept(anna)['shelves'] == [f'shell {new}'], 'the one before is gone')
        anna.wait_for('account.signOut')
        sign_out_of_it(anna)


def test_a_link_is_opened_with_what_the_server_has_now(people, server, tmp_path):
    anna = people()
    old = set_up_installed(anna, server)
    with next_release(server, tmp_path) as after:
        anna.open(after.create().replace('127.0.0.1', 'localhost'))
        new = release(anna)
        assert new != old, 'no link is opened with an old release'
        anna.browser.open(f'{site(after)}/')
        anna.wait_for('home.start')
        until(lambda: f'shell {new}' in kept(anna)['shelves'], 'it is kept, too', 60)
        assert anna.names.text('home.release') not in anna.browser.text(), 'it runs already: nobody is asked'

        def only_new():
            anna.browser.open(f'{site(after)}/')
            anna.wait_for('home.start')
            return kept(anna)['shelves'] == [f'shell {new}']

        until(only_new, 'the one before is gone once nothing needs it', 60)
        sign_out_of_it(anna)
