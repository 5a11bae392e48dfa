"""What a person reads when something is wrong, in both languages, and what they can do next."""

import pytest

from harness.chromium import NO_DEVICES
from harness.peer import Peer

LANGUAGES = ['nl', 'en']


@pytest.mark.parametrize('language', LANGUAGES)
def test_a_link_without_its_secret_is_not_complete(people, link, language):
    anna = people(language=language)
    anna.browser.open(link.split('#')[0])
    anna.wait_for('err.title.link')
    anna.wait_for_text('err.link')


@pytest.mark.parametrize('language', LANGUAGES)
def test_a_damaged_secret_is_not_complete(people, link, language):
    anna = people(language=language)
    anna.browser.open(link[:-9])
    anna.wait_for_text('err.link')


@pytest.mark.parametrize('language', LANGUAGES)
def test_P007_an_unknown_meeting_and_a_wrong_secret_get_the_same_answer(people, server, language):
    here, there = server.create(), server.create()
    anna = people(language=language, clean=False)  # a refused socket is an error in the console
    answers = []
    for wrong in (wrong_meeting(here), here.split('#')[0] + '#' + there.split('#')[1]):
        anna.open(wrong)
        anna.browser.fill('textbox', anna.names('join.name'), 'Anna')
        anna.click('join.ask')
        anna.wait_for_text('err.unknown')
        answers.append(anna.browser.text())
    assert answers[0] == answers[1]


@pytest.mark.parametrize('language', LANGUAGES)
def test_a_full_meeting_says_so(people, server, language):
    link = server.create('--capacity', '2')
    anna = people(language=language)
    with Peer(link, 'Een') as one, Peer(link, 'Twee') as two:
        for peer in (one, two):
            peer.wait_for(lambda report: report['joined'], 'that it is in')
        anna.open(link)
        anna.browser.fill('textbox', anna.names('join.name'), 'Anna')
        anna.click('join.ask')
        anna.wait_for_text('err.full', n=2)
        anna.wait_for('notice.retry')


@pytest.mark.parametrize('language', LANGUAGES)
def test_a_refused_camera_is_explained_and_one_can_go_on_without(people, link, language):
    anna = people(language=language, flags=NO_DEVICES)
    anna.open(link)
    anna.click('av.camera.2')
    anna.wait_for('notice')
    assert any(anna.names.text(key, device=anna.names.text('word.camera')) in anna.browser.text()
               for key in ('err.denied', 'err.noDevice'))
    anna.click('notice.without', within=['notice'])
    anna.browser.fill('textbox', anna.names('join.name'), 'Anna')
    anna.click('join.ask')
    anna.wait_for('meet')


def wrong_meeting(link):
    """A meeting that does not exist, with a secret of the right form."""
    head, secret = link.split('#')
    place, meeting = head.rsplit('/', 1)
    return f'{place}/{meeting[:4]}{"A" * 8 if meeting[4:12] != "A" * 8 else "B" * 8}{meeting[12:]}#{secret}'
