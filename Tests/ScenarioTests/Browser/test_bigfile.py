"""Large files: written as they come where the browser has a way, and where it has none there is a smaller limit, said before
one chooses. `bigfile.py` does it with the largest there may be."""

import pytest

from harness.files import SINK, give, hash_of, let_files, saved
from harness.waiting import until

SIZE = 8_000_123
# A browser that cannot write a file as it comes.
WITHOUT = 'delete globalThis.showSaveFilePicker;'
LARGEST = {'written': 1000, 'held': 100}  # MB


@pytest.fixture
def host(people, server):
    """A host who has switched files on, and how others come in."""
    links = server.create_links()
    anna = people(script=SINK).join(links['host'], microphone=False, camera=False)
    let_files(anna, True)

    def let_in(guest):
        guest.ask(links['guest'], microphone=False, camera=False)
        anna.admit(guest)
        guest.wait_for('meet')
        guest.open_chat()
        anna.open_chat()
        return guest

    return anna, let_in


def test_a_file_of_many_pieces_is_written_as_it_comes(host, people):
    anna, let_in = host
    bram = let_in(people(language='en', script=SINK))
    for person in (anna, bram):
        person.wait_for_text('chat.file.limit', n=LARGEST['written'])
    give(bram, 'film.mkv', SIZE)
    bram.in_chat('chat.text').fill('Kijk eens')
    bram.click('chat.send.1', within=['chat'])
    until(lambda: 'Kijk eens' in anna.texts(), 'the file is given', 60)
    anna.in_chat('chat.get', file='film.mkv').click()
    assert saved(anna) == {'name': 'film.mkv', 'size': SIZE, 'hash': hash_of(SIZE)}


@pytest.mark.parametrize('kind', ['firefox', 'chromium'])
def test_where_it_has_to_be_held_the_limit_is_said_before_and_kept_to(host, people, kind):
    _, let_in = host
    bram = let_in(people(kind, script='' if kind == 'firefox' else WITHOUT))
    assert bram.browser.evaluate("() => 'showSaveFilePicker' in globalThis") is False
    bram.wait_for_text('chat.file.limit', n=LARGEST['held'])
    give(bram, 'film.mkv', LARGEST['held'] * 1_000_000 + 1)
    bram.wait_for_text('err.file.large', n=LARGEST['held'] + 1)
    assert not bram.sees('chat.file.drop', within=['chat'], file='film.mkv')
    give(bram, 'klein.mkv', LARGEST['held'] * 1_000_000)
    bram.wait_for('chat.file.drop', within=['chat'], file='klein.mkv')


def test_what_had_to_be_held_is_handed_to_the_browser_whole(host, people, tmp_path):
    anna, let_in = host
    bram = let_in(people(language='en', script=WITHOUT))
    give(anna, 'notulen.odt', 70_000)
    anna.in_chat('chat.text').fill('De notulen')
    anna.click('chat.send.1', within=['chat'])
    bram.wait_for_message('De notulen')
    with bram.browser.page.expect_download() as download:
        bram.in_chat('chat.get', file='notulen.odt').click()
    download.value.save_as(tmp_path / 'saved')
    assert download.value.suggested_filename == 'notulen.odt'
    content = (tmp_path / 'saved').read_bytes()
    assert len(content) == 70_000 and content[:8] == bytes(8) and content[8:13] == bytes([0, 31, 62, 93, 124])


def test_a_file_outlives_the_reload_of_whoever_gave_it_and_its_message_does_not_come_back_to_them(host, people, server):
    anna, let_in = host
    bram = let_in(people(language='en', script=SINK))
    bram.write('Voor iedereen die er nu is')
    anna.wait_for_message('Voor iedereen die er nu is')
    give(bram, 'plan.odt', 5_000)
    bram.in_chat('chat.text').fill('Het plan')
    bram.click('chat.send.1', within=['chat'])
    anna.wait_for_message('Het plan')
    # A guest keeps nothing: a reload is the link opened again, and nobody reads what was said before they came in.
    let_in(bram)
    assert bram.texts() == []
    anna.in_chat('chat.get', file='plan.odt').click()
    assert saved(anna) == {'name': 'plan.odt', 'size': 5_000, 'hash': hash_of(5_000)}
    assert anna.texts() == ['Voor iedereen die er nu is', 'Het plan']
    anna.write('Welkom terug')
    bram.wait_for_message('Welkom terug')
    assert bram.texts() == ['Welkom terug']
