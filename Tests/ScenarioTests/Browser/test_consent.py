"""What takes part and is no person (flow 9, Promise P-020): nobody sends before an answer, each answer does what it says, and
what was given is taken back in one act."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from harness.captioner import MEETING, captioner, key_of
from harness.peer import Peer
from harness.waiting import grows, until

SIZES = {'desk': {'width': 1280, 'height': 800}, 'phone': {'width': 390, 'height': 844}, 'side': {'width': 844, 'height': 390}}
LOOKS = [('nl', 'light', 'desk'), ('en', 'dark', 'desk'), ('en', 'light', 'phone'), ('nl', 'dark', 'phone'), ('nl', 'light', 'side')]
ANSWERS = ('consent.agree', 'consent.without', 'consent.leave')


@pytest.fixture
def links(server):
    return server.create_links(*MEETING)


@pytest.fixture
def scribe(links, three):
    """What writes captions for the host of the three, and waits at the door."""
    anna, bram, _ = three
    with captioner(links, key_of(anna, bram)) as made:
        yield made


def word(person):
    return person.names.text('label.captions')


def asked(person):
    return person.sees('consent', service=word(person))


def let_in(host, service):
    """At the door it says that it is no person, and is let in by itself."""
    host.open_people()
    host.wait_for('people.admit', name=service.name)
    labels = host.browser.evaluate('() => [...document.querySelectorAll("b-knock [data-label]")].map((one) => one.textContent)')
    assert labels == [word(host)]
    # Whose it is, what for and where.
    facts = host.browser.evaluate('() => [...document.querySelectorAll("b-knock dl:not([hidden]) dd")].map((one) => one.textContent)')
    assert len(facts) == 3 and all(facts)
    host.admit(service)


def answer(person, identifier):
    person.wait_for('consent', service=word(person))
    person.click(identifier, within=['consent'], values={'service': word(person)})


def click_banner(person, identifier):
    person.click(identifier, within=['service'], values={'service': word(person)})


def wait_for_banner(person, identifier):
    person.wait_for(identifier, within=['service'], values={'service': word(person)})


def frames_of(person, other):
    return (person.picture_of(other) or {'frames': 0})['frames']


def captions(person):
    return person.browser.find('region', person.names('meet.captions'))


@pytest.fixture
def three(people, links):
    """A host and two guests, the first of whom reads English; all send sound and picture, and see each other move."""
    anna, bram, chris = people().join(links['host']), people(language='en'), people()
    for guest in (bram, chris):
        guest.ask(links['guest'])
        anna.admit(guest)
        guest.wait_for('meet')
    for one, other in ((anna, bram), (bram, chris), (chris, anna)):
        one.wait_for_picture_of(other)
        other.wait_for_picture_of(one)
    return anna, bram, chris


def test_P020_nobody_sends_before_an_answer_and_each_of_the_three_does_what_it_says(three, scribe):
    anna, bram, chris = three
    let_in(anna, scribe)
    for person in three:
        person.wait_for('consent', service=word(person))
        person.wait_to_hear('consent.said', service=word(person))
    for person in three:
        person.wait_until_silent()
    # Nothing is under way any more: nobody decodes a picture until somebody has answered.
    before = [person.count('framesDecoded') for person in three]
    for person in three:
        person.wait_until_silent()
    assert [person.count('framesDecoded') for person in three] == before
    assert all(asked(person) for person in three), 'it stands until it is answered'

    answer(anna, 'consent.agree')
    wait_for_banner(anna, 'service.withdraw')
    anna.wait_for('meet.badge.3', service=word(anna))
    grows(lambda: bram.count('framesDecoded'), 'what Bram sees', 10)
    assert asked(bram), 'whoever has not answered sees and hears, behind the question'
    bram.wait_until_silent()

    answer(bram, 'consent.without')
    wait_for_banner(bram, 'service.agree')
    bram.wait_for('meet.badge.4')
    bram.wait_for_picture_of(anna)
    seen = frames_of(anna, bram)
    grows(lambda: frames_of(bram, anna), 'the picture of Anna', 30)
    assert frames_of(anna, bram) == seen, 'nothing comes of who is left out'
    # Neither does anything written; the text is not lost.
    anna.write('Ik ben er')
    bram.wait_for_message('Ik ben er')
    bram.open_chat()
    bram.in_chat('chat.text').fill('Ik ook')
    bram.click('chat.send.1', within=['chat'])
    bram.wait_to_hear('chat.held')
    assert bram.in_chat('chat.text').input_value() == 'Ik ook'
    anna.write('Nog iemand?')
    bram.wait_for_message('Nog iemand?')
    assert 'Ik ook' not in anna.texts()

    answer(chris, 'consent.leave')
    chris.click('leave.stay', within=['leave'])
    chris.wait_for('consent', service=word(chris))
    answer(chris, 'consent.leave')
    chris.click('leave.go', within=['leave'])
    chris.wait_for('after')
    anna.wait_until_gone(chris)


def test_P020_what_was_given_is_taken_back_in_one_act_and_ends_with_the_service(three, scribe):
    anna, bram, chris = three
    let_in(anna, scribe)
    answer(anna, 'consent.agree')
    answer(bram, 'consent.agree')
    answer(chris, 'consent.without')
    anna.wait_for_picture_of(bram)
    bram.wait_for_picture_of(anna)

    click_banner(bram, 'service.withdraw')
    bram.wait_to_hear('service.said.withdrawn', service=word(bram))
    wait_for_banner(bram, 'service.agree')
    bram.wait_for('meet.badge.4')
    bram.wait_until_silent()
    assert not asked(bram), 'it is not asked once more'

    click_banner(bram, 'service.agree')
    answer(bram, 'consent.agree')
    wait_for_banner(bram, 'service.withdraw')
    anna.wait_for_picture_of(bram)

    scribe.stop()
    for person in three:
        person.wait_to_hear('service.went', service=word(person))
        until(lambda: not person.sees('service', service=word(person)), f'{person.name} sees no banner')
    anna.wait_for_picture_of(chris)  # with nothing to be asked about, whoever said no sends as before
    anna.wait_for('meet.badge.1')


def test_captions_are_shown_with_a_name_where_they_cover_nobody(three, scribe):
    anna, bram, chris = three
    let_in(anna, scribe)
    answer(anna, 'consent.agree')
    for guest in (bram, chris):
        answer(guest, 'consent.without')
    for person in three:
        person.wait_for('meet.captions')
        person.wait_for_text('meet.captions.none')
    scribe.write('Goedemorgen allemaal')
    for person in three:
        until(lambda: 'Anna: Goedemorgen allemaal' in captions(person).inner_text(), f'{person.name} reads the caption')
    for count in range(1, 6):
        scribe.write(f'En regel {count}')
    until(lambda: 'En regel 5' in captions(bram).inner_text(), 'the last line')
    assert captions(bram).evaluate('(one) => one.closest("[aria-live], [role=log], [role=status], [role=alert]")') is None
    assert 'En regel' not in bram.browser.evaluate('() => document.querySelector("b-announcer").textContent')
    assert captions(bram).evaluate('(one) => Math.abs(one.scrollTop) < 2'), 'the newest is in view'
    assert covered(bram, 'b-captions') == [] and covered(bram, 'b-service') == []
    captions(bram).evaluate('(one) => getSelection().selectAllChildren(one)')
    assert 'En regel 5' in bram.browser.evaluate('() => String(getSelection())')

    height = captions(bram).bounding_box()['height']
    bram.click_control('ctl.settings')
    sizes = bram.browser.find('combobox', bram.names('set.captionSize'), [('dialog', bram.names('set'))])
    assert sizes.locator('option').count() == 4
    sizes.select_option(label=bram.names.text('set.captionSize.huge'))
    until(lambda: captions_height(bram) > height, 'larger letters')
    bram.click('set.captions', within=['set'])
    bram.browser.page.keyboard.press('Escape')
    until(lambda: not bram.sees('meet.captions'), 'no captions for whoever wants none')
    assert chris.sees('meet.captions')


@pytest.mark.parametrize(('language', 'scheme', 'size'), LOOKS)
def test_the_question_stands_with_no_answer_prepared_and_the_rest_is_accessible(
        people, links, output, language, scheme, size):
    anna = people(language=language, viewport=SIZES[size], color_scheme=scheme, has_touch=size != 'desk')
    anna.join(links['host'])
    with Peer(links['guest'], 'Bram de Vries', '--agree') as bram:
        anna.admit(bram)
        owner = bram.wait_for(lambda report: report.get('key'), 'a key of its own')['key']
        anna.click('page.close', within=['people'])
        with captioner(links, owner) as scribe:
            anna.wait_for_text('meet.door.service', service=word(anna), name=scribe.name)
            let_in(anna, scribe)
            assert look_around(anna, scribe, output, size) == []


def look_around(anna, scribe, output, size):
    """Through the question, the banner, captions and the list of who holds keys; answers what axe finds."""
    found, values = [], {'service': word(anna)}
    anna.wait_for('consent', **values)
    keyboard = anna.browser.page.keyboard
    until(lambda: anna.browser.evaluate('() => document.activeElement.tagName') == 'H2', 'the focus is on the heading')
    for key in ('Escape', 'Escape', 'Enter'):
        keyboard.press(key)
    anna.browser.page.mouse.click(3, 3)
    assert asked(anna), 'it stands'
    boxes = [anna.browser.find('button', anna.names(name), [('dialog', anna.names('consent', **values))]).bounding_box()
             for name in ANSWERS]
    assert len({round(box['width']) for box in boxes}) == 1, 'none is larger than the others'
    if size == 'desk':
        assert len({round(box['height']) for box in boxes}) == 1
    assert 'Bram de Vries' in anna.browser.find('dialog', anna.names('consent', **values)).inner_text(), 'whose it is'
    look(anna, output / f'consent-{size}.png', found)
    answer(anna, 'consent.agree')
    wait_for_banner(anna, 'service.withdraw')
    banner = anna.browser.find('region', anna.names('service', **values)).inner_text()
    for fact in ('consent.transcribe', 'consent.participant'):
        assert anna.names.text(fact) in banner, f'{fact} stands there for as long as it takes part'
    anna.click('page.close', within=['people'])
    scribe.write('Zo ziet een regel eruit die wat langer is dan er op een telefoon naast elkaar past')
    until(lambda: 'Zo ziet' in captions(anna).inner_text(), 'the caption')
    look(anna, output / f'service-{size}.png', found)
    assert covered(anna, 'b-captions') == [] and covered(anna, 'b-service') == []
    anna.click('meet.badge.3', **values)
    anna.wait_for('keys')
    until(lambda: word(anna) in anna.browser.find('list', anna.names('keys.holders')).inner_text(), 'it holds keys')
    look(anna, output / f'keys-{size}.png', found)
    return found


def look(person, path, found):
    """Keeps a picture for a person to look at, and what axe finds."""
    person.browser.screenshot(path)
    for violation in Axe().run(person.browser.page).response['violations']:
        nodes = [node['html'][:120] for node in violation['nodes']]
        found.append(f'{path.stem}: {violation["id"]}: {violation["help"]}: {nodes}')


def captions_height(person):
    return person.browser.evaluate('() => document.querySelector("b-captions section").getBoundingClientRect().height')


def covered(person, element):
    """The tiles and controls that this stands over."""
    return person.browser.evaluate('''() => {
      const over = [...document.querySelectorAll("%s section")].map((one) => one.getBoundingClientRect());
      const meets = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      return [...document.querySelectorAll("b-stage b-tile, b-controls button")].filter((one) => one.checkVisibility())
        .filter((one) => over.some((box) => meets(box, one.getBoundingClientRect()))).map((one) => one.outerHTML.slice(0, 80));
    }''' % element)
