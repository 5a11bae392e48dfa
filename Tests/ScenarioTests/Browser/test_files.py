"""Files that people give each other in the chat, from one Chromium to another."""

import hashlib

import pytest

from harness.files import PICKER, choose, let_files, saved
from harness.waiting import until

# Something that is nowhere else, so that it can be looked for.
CANARY = b'The canary of the file that nobody but members can read. '


@pytest.fixture
def meeting(people, server):
    """A host who has switched files on, and a guest who reads English; each reads the other's messages."""
    links = server.create_links()

    def gather(**options):
        anna = people(script=PICKER).join(links['host'], microphone=False, camera=False)
        bram = people(language='en', script=PICKER, **options)
        bram.ask(links['guest'], microphone=False, camera=False)
        anna.admit(bram)
        bram.wait_for('meet')
        anna.wait_for('meet.tile', name=bram.name)
        let_files(anna, True)
        anna.open_chat()
        bram.open_chat()
        until(lambda: bram.in_chat('chat.file').is_visible(), 'files may go with a message')
        return anna, bram

    return gather


@pytest.fixture
def paper(tmp_path):
    """Makes a file of so many bytes; answers where it is, and its hash."""

    def write(name, size):
        content = (CANARY * (size // len(CANARY) + 1))[:size]
        path = tmp_path / name
        path.write_bytes(content)
        return path, hashlib.sha256(content).hexdigest()

    return write


def test_P042_a_large_file_arrives_as_it_was_and_lies_sealed_on_the_server_until_it_is_taken_back(meeting, paper, tmp_path):
    anna, bram = meeting()
    path, expected = paper('plan van aanpak.pdf', 20_000_000)
    choose(bram, path)
    bram.wait_for_text('chat.file.mb', n=20)
    bram.in_chat('chat.text').fill('Kijk hier eens naar')
    bram.click('chat.send.1', within=['chat'])
    anna.wait_for_message('Kijk hier eens naar')
    anna.in_chat('chat.get', file=path.name).click()
    assert saved(anna) == {'name': path.name, 'size': 20_000_000, 'hash': expected}
    anna.wait_for_text('chat.file.saved')
    blobs = list((tmp_path / 'data' / 'blobs').iterdir())
    assert len(blobs) == 1 and blobs[0].stat().st_mode & 0o777 == 0o600
    assert CANARY[:24] not in blobs[0].read_bytes()
    assert blobs[0].stat().st_size > 20_000_000 and path.stem not in blobs[0].name
    # Its author has a list of what they gave, and takes it back from there.
    bram.browser.page.locator('b-shared summary').click()
    bram.wait_for('chat.mine')
    bram.browser.find('button', bram.names('chat.retract', file=path.name), [('list', bram.names('chat.mine'))]).click()
    anna.wait_for_text('err.file.gone')
    assert not anna.in_chat('chat.get', file=path.name).is_visible()
    until(lambda: not bram.sees('chat.mine'), 'nothing is shared any more')
    until(lambda: not list((tmp_path / 'data' / 'blobs').iterdir()), 'nothing lies on the server')


def test_a_file_goes_on_where_the_network_cut_it(meeting, paper):
    anna, bram = meeting(clean=False)  # its browser writes down every request that is cut
    path, expected = paper('notulen.odt', 6_000_000)
    page = bram.browser.page
    seen = []

    def cut(route):
        seen.append(route.request.url)
        if 2 <= len(seen) <= 4:
            route.abort()
        else:
            route.continue_()

    page.route('**/api/v1/blobs/**', cut)
    choose(bram, path)
    bram.in_chat('chat.text').fill('Na een hapering')
    bram.click('chat.send.1', within=['chat'])
    anna.wait_for_message('Na een hapering')
    assert len(seen) > 6
    anna.in_chat('chat.get', file=path.name).click()
    assert saved(anna)['hash'] == expected


def test_a_file_on_its_way_waits_goes_on_and_is_called_off(meeting, paper, tmp_path):
    anna, bram = meeting()
    path, _ = paper('film.mkv', 40_000_000)
    seen, held = [], []

    def hold(route):
        """Keeps the first part, and the fourth: what happens meanwhile happens in the middle."""
        seen.append(route)
        if len(seen) in (1, 4):
            held.append(route)
        else:
            route.continue_()

    bram.browser.page.route('**/api/v1/blobs/**', hold)
    choose(bram, path)
    bram.in_chat('chat.text').fill('Even wachten')
    bram.click('chat.send.1', within=['chat'])
    bram.wait_for('chat.file.pause', within=['chat'], file=path.name)
    bram.in_chat('chat.file.pause', file=path.name).click()
    bram.wait_for_text('chat.file.paused', n=0)
    assert len(seen) == 1, 'the first part is on its way, and no other'
    held[0].continue_()
    bram.in_chat('chat.file.resume', file=path.name).click()
    until(lambda: bram.sees('chat.file.cancel', within=['chat'], file=path.name) and len(held) == 2, 'it goes on')
    bram.in_chat('chat.file.cancel', file=path.name).click()
    until(lambda: bram.in_chat('chat.text').input_value() == 'Even wachten', 'the text is back')
    assert anna.texts() == []
    until(lambda: not list((tmp_path / 'data' / 'blobs').iterdir()), 'nothing lies on the server')


def test_where_a_host_switched_files_off_there_is_a_reason_and_no_button(meeting, paper):
    anna, bram = meeting()
    let_files(anna, False)
    bram.wait_for_text('chat.file.off')
    assert not bram.in_chat('chat.file').is_visible()
    let_files(anna, True)
    until(lambda: bram.in_chat('chat.file').is_visible(), 'files may go with a message again')


def test_a_message_that_is_taken_back_takes_its_files_with_it(meeting, paper, tmp_path):
    anna, bram = meeting()
    path, _ = paper('verkeerd.txt', 1_000)
    choose(bram, path)
    bram.click('chat.send.1', within=['chat'])
    until(lambda: anna.in_chat('chat.get', file=path.name).is_visible(), 'the file is there')
    bram.in_chat('chat.takeBack').click()
    anna.wait_for_message(anna.names.text('chat.gone'))
    assert not anna.in_chat('chat.get', file=path.name).is_visible()
    until(lambda: not list((tmp_path / 'data' / 'blobs').iterdir()), 'nothing lies on the server')
