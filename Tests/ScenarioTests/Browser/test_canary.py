"""What people say, show and give each other stands nowhere in the server, sealed or after, and nothing of a meeting in the
browser of a guest who has left, but for that browser's own history (Promise P-017, `privacy.md` 4.7). Strings that are nowhere
else are looked for, byte by byte, in every form that programs keep text in."""

import base64
import subprocess
import sys

import pytest

from harness import passcode
from harness.canary import Canaries, Patterns, search_folder, search_memory
from harness.chromium import Chromium
from harness.fakes import LOOKS
from harness.files import PICKER, choose, let_files, saved
from harness.host import end_for_all
from harness.person import Person
from harness.waiting import until

# The browser's own history, where addresses and titles of pages stand, and its list of downloads (both in `History`): the person
# reads how to clear them. The rest lists addresses to go back to, or a small picture for each.
HISTORY = ('Default/History',)
ADDRESSES = (*HISTORY, 'Default/Sessions/', 'Default/Visited Links', 'Default/Top Sites', 'Default/Favicons',
             'Default/Shortcuts', 'Default/Network Action Predictor', 'segmentation_platform/ukm_db')

# What a page can keep, by the browser's own lists: databases in a profile are compressed, and bytes alone do not tell.
KEPT = '''async () => {
  const files = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  return {
    files, cookies: document.cookie, local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
}'''
NOTHING = {'files': [], 'cookies': '', 'local': [], 'session': [], 'databases': [], 'caches': [], 'workers': 0}

FORGOTTEN_AFTER = 60  # seconds (`privacy.md` 4.2)


@pytest.fixture
def own_browser(playwright, tmp_path):
    """Makes somebody with a browser of their own, whose profile is a folder that can be searched once it is closed."""
    open_ones = []

    def make(name, folder):
        place = tmp_path / folder
        place.mkdir()
        browser = Chromium(playwright, place, LOOKS[1], profile=place / 'profile', script=PICKER)
        open_ones.append(browser)

        def close():
            open_ones.remove(browser)
            browser.close()
            return place / 'profile'

        return Person(browser, name), close

    yield make
    for browser in open_ones:
        browser.close()


def test_P017_nothing_that_was_said_stands_in_the_server_or_stays_with_a_guest(people, server, own_browser, tmp_path):
    canary = Canaries()
    links = server.create_links('--topic', canary.topic)
    anna = people(script=PICKER).join(links['host'], microphone=False, camera=False)
    code = passcode.ask_for_one(anna)
    guest, close = own_browser(canary.name, 'guest')
    passcode.knock_with(guest, links['guest'], code)
    anna.admit(guest)
    guest.wait_for('meet')
    guest.wait_for('meet.topic', topic=canary.topic)
    assert guest.browser.title() == canary.topic, 'the title is the topic only'
    anna.wait_for('meet.tile', name=guest.name)
    let_files(anna, True)
    for person in (anna, guest):
        person.open_chat()
    talk(anna, guest, canary, tmp_path)

    said = Patterns({'what was said': canary.mark})
    # All but the topic, which is the title of a page: browsers put titles beside addresses.
    given = Patterns({what: getattr(canary, what) for what in ('name', 'chat', 'direct', 'file', 'content')})
    secrets = Patterns({'the passcode': code, 'the spaced passcode': f'{code[:4]} {code[4:]}'} | fragments(links), raw(links))
    alive = Patterns({'the data folder': str(tmp_path / 'data')}, meeting(links))
    # The search sees the server's memory: what the server does keep, it finds.
    assert len({place.rsplit(': ', 1)[1].split(' (')[0] for place in search_memory(server.process.pid, alive)}) == 2
    found = [f'during: {place}' for place in in_server(server, tmp_path, said)]
    found += [f'during: {place}' for place in search_folder(tmp_path / 'data', secrets)]
    link_only = Patterns(fragments(links), raw(links))
    found += [f'during, in memory: {place}' for place in search_memory(server.process.pid, link_only)]

    guest.leave()
    guest.wait_for('after.receipt')
    assert guest.browser.evaluate(KEPT) == NOTHING
    assert guest.browser.context.cookies() == []
    assert guest.browser.errors == []
    profile = close()
    assert (profile / 'Default' / 'History').exists(), 'this is where a browser keeps what it keeps'
    found += [f'profile: {place}' for place in search_folder(profile, said, ADDRESSES)]
    found += [f'profile: {place}' for place in search_folder(profile, given, HISTORY)]
    found += [f'profile: {place}' for place in search_folder(profile, secrets, ADDRESSES)]

    end_for_all(anna)

    def left():
        return in_server(server, tmp_path, said) + search_memory(server.process.pid, link_only)

    try:
        until(lambda: not left(), 'nothing is left', FORGOTTEN_AFTER)
    except AssertionError:
        found += [f'after: {place}' for place in left()]
    found += [f'after: {place}' for place in search_folder(tmp_path / 'data', secrets)]
    found += [f'log: {label}' for label in secrets.within(''.join(server.log).encode())]
    assert found == []


def test_a_passcode_is_gone_from_the_servers_memory_with_its_meeting(people, server):
    links = server.create_links()
    anna = people().join(links['host'], microphone=False, camera=False)
    code = passcode.ask_for_one(anna)
    bram = people(language='en')
    passcode.knock_with(bram, links['guest'], code)
    anna.admit(bram)
    bram.wait_for('meet')
    wanted = Patterns({'the passcode': code})
    assert search_memory(server.process.pid, Patterns({}, meeting(links))) != []
    end_for_all(anna)
    bram.wait_for('after')
    until(lambda: search_memory(server.process.pid, wanted) == [], 'the passcode is gone', FORGOTTEN_AFTER)
    assert wanted.within(''.join(server.log).encode()) == set()


def test_the_search_finds_every_form_of_a_string_wherever_it_lies(tmp_path):
    canary = Canaries()
    patterns = Patterns({'it': canary.mark})
    for text in (canary.name, canary.content):
        for encode in ('utf-8', 'utf-16-le', 'utf-16-be'):
            assert f'it ({form_of(encode)})' in patterns.within(b'\x01\x02\x03' + text.encode(encode) + b'\x04')
        for before in range(7):
            sealed = ('x' * before + text + 'yz').encode()
            for encoded in (base64.b64encode(sealed), base64.urlsafe_b64encode(sealed)):
                assert patterns.within(encoded) == {'it (base64)'}, before
            assert patterns.within(sealed.hex().encode()) == {'it (hex)'}
    assert patterns.within(canary.mark[:-1].encode()) == set()
    # In a stream it may lie across two pieces.
    pieces = [b'abc' + canary.mark[:5].encode(), canary.mark[5:9].encode(), canary.mark[9:].encode(), b'']
    assert patterns.within_stream(lambda most: pieces.pop(0)) == {'it (UTF-8)'}
    (tmp_path / 'a' / canary.file).mkdir(parents=True)
    (tmp_path / 'a' / 'b').write_bytes(b'\x05' + canary.chat.encode('utf-16-le'))
    (tmp_path / 'c').mkdir()
    (tmp_path / 'c' / 'd').write_text(canary.chat)
    assert search_folder(tmp_path, patterns, ('c/',)) == [f'a/{canary.file}: it (UTF-8)', 'a/b: it (UTF-16 le)']
    assert 'c/d: it (UTF-8)' in search_folder(tmp_path, patterns)


def test_the_search_finds_a_string_in_the_memory_of_a_program():
    canary = Canaries()
    keeping = 'import sys; kept = sys.stdin.buffer.readline(); print(1, flush=True); sys.stdin.read()'
    with subprocess.Popen([sys.executable, '-c', keeping], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        program.stdin.write(canary.chat.encode('utf-16-le') + b'\n')
        program.stdin.flush()
        program.stdout.readline()
        found = search_memory(program.pid, Patterns({'it': canary.mark}))
        program.stdin.close()
    assert any(place.endswith('it (UTF-16 le)') for place in found), found


def test_the_search_finds_what_a_page_keeps_in_a_profile(server, own_browser):
    canary = Canaries()
    person, close = own_browser('Anna', 'keeper')
    person.browser.open(server.address)
    person.browser.page.evaluate("(text) => localStorage.setItem('kept', text)", canary.chat)
    assert person.browser.evaluate(KEPT) != NOTHING
    found = search_folder(close(), Patterns({'it': canary.mark}), HISTORY)
    assert any(place.startswith('Default/Local Storage/') for place in found), found


def talk(anna, guest, canary, folder):
    """Everything that people say and give each other without a voice, both ways."""
    guest.write(canary.chat)
    anna.wait_for_message(canary.chat)
    guest.write(canary.direct, to='hosts')
    anna.wait_for_message(canary.direct)
    anna.write(canary.direct + '2', to=guest)
    guest.wait_for_message(canary.direct + '2')
    for giver, taker in ((guest, anna), (anna, guest)):
        path = folder / f'{canary.file}{giver.browser.look.tone}.txt'
        path.write_text(canary.content * 500)
        choose(giver, path)
        giver.in_chat('chat.text').fill(f'{canary.chat}{path.stem}')
        giver.in_chat('chat.text').press('Enter')
        taker.wait_for_message(f'{canary.chat}{path.stem}')
        taker.in_chat('chat.get', file=path.name).click()
        assert saved(taker)['size'] == path.stat().st_size


def in_server(server, folder, patterns):
    """Where any of it is: in its memory, in its folder, in what it wrote."""
    return [*(f'memory: {place}' for place in search_memory(server.process.pid, patterns)),
            *(f'folder: {place}' for place in search_folder(folder / 'data', patterns)),
            *(f'log: {label}' for label in patterns.within(''.join(server.log).encode()))]


def fragments(links):
    return {f"the {whose}'s secret": links[whose].rsplit('#', 1)[1] for whose in ('host', 'guest')}


def raw(links):
    """The secret that guests share, and the seed that is the host's: 16 and 32 bytes, behind the first that tells the kind."""
    bytes_ = base64.urlsafe_b64decode(links['host'].rsplit('#', 1)[1] + '===')
    assert len(bytes_) == 49
    return {'the secret of the link': bytes_[1:17], "the host's seed": bytes_[17:]}


def meeting(links):
    """The meeting's own number, which the server made and keeps as long as the meeting is."""
    return {'the meeting': base64.urlsafe_b64decode(links['guest'].rsplit('#', 1)[0].rsplit('/', 1)[1] + '==')}


def form_of(encoding):
    return {'utf-8': 'UTF-8', 'utf-16-le': 'UTF-16 le', 'utf-16-be': 'UTF-16 be'}[encoding]
