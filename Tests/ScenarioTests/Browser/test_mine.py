"""The receipt code: a guest takes it along, and reads by it later what is kept of them, without an account."""

import json
import re

from axe_playwright_python.sync_playwright import Axe

from harness.waiting import until

SHOWN = re.compile(r'[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}-[0-9A-HJKMNP-TV-Z]{2}[0-9A-HJKMNP-TV-Z*~$=U]')


def open_code(guest):
    """Opens the part of the page that most people leave closed, and answers what stands there."""
    guest.browser.page.locator('b-receipt-code summary').click()
    guest.wait_for('after.code', within=['after'])
    field = guest.browser.find('textbox', guest.names('after.code'), [('main', guest.names('after'))])
    assert field.get_attribute('readonly') is not None
    return field.input_value()


def look_up(guest, code):
    guest.browser.fill('textbox', guest.names('mine.code'), code)
    guest.click('mine.search', within=['page.mine'])


def result_of(guest):
    region = guest.browser.find('region', guest.names('mine.result'))
    return region.inner_text() if region.is_visible() else None


def places_of(guest):
    guest.wait_for('mine.places', within=['page.mine'])
    return guest.browser.find('region', guest.names('mine.places')).inner_text()


def mistyped(code):
    """The same code with one other digit."""
    return code[:5] + ('3' if code[5] != '3' else '4') + code[6:]


def test_a_guest_reads_by_the_code_that_nothing_is_kept(meeting, server):
    anna, bram, _ = meeting
    bram.leave()
    assert not bram.sees('after.code'), 'it is not in the way'
    code = open_code(bram)
    assert SHOWN.fullmatch(code), code
    assert bram.sees('after.code.picture', within=['after'])
    with bram.browser.page.expect_download() as download:
        bram.click('after.save')
    assert json.loads(open(download.value.path(), encoding='utf-8').read())['code'] == code
    assert [one['id'] for one in Axe().run(bram.browser.page).response['violations']] == []

    bram.browser.open(f'{server.address.rstrip("/")}/mine')
    bram.wait_for('page.mine')
    places = places_of(bram)
    assert bram.names.text('mine.places.none') in places
    for text in ('privacy.kept.account', 'privacy.kept.session', 'privacy.kept.planned'):
        assert bram.names.text(text) in places, text

    typed = code.lower().replace('-', '', 1).replace('-', ' ', 1)
    asked = len(bram.browser.requests)
    look_up(bram, mistyped(typed))
    bram.wait_for_text('mine.wrong')
    bram.wait_to_hear('mine.wrong')
    assert result_of(bram) is None
    look_up(bram, typed[:-1])
    bram.wait_for_text('mine.length', n=26)
    look_up(bram, '')
    bram.wait_for_text('mine.empty')
    assert bram.browser.requests[asked:] == [], 'what cannot be right is not asked'

    bodies = []
    bram.browser.page.on('request', lambda request: bodies.append(request.post_data or ''))
    look_up(bram, typed)
    until(lambda: bram.names.text('mine.nothing') in (result_of(bram) or ''), 'Bram reads that nothing is kept')
    bram.wait_to_hear('mine.nothing')
    assert [json.loads(body) for body in bodies] == [{'tags': []}], 'there is nothing to look into, and the code stays here'
    assert [one['id'] for one in Axe().run(bram.browser.page).response['violations']] == []
    assert bram.browser.stored() == ([], [])
    assert anna.sees('meet')


def test_whoever_has_no_code_is_led_there_and_another_visit_has_another(people, server):
    links = server.create_links('--admission', 'open')
    people().join(links['host'])
    bram = people(language='en')
    codes = []
    for _ in range(2):
        bram.join(links['guest'], microphone=False, camera=False)
        bram.leave()
        codes.append(open_code(bram))
    assert codes[0] != codes[1]
    with bram.browser.page.context.expect_page() as opening:
        bram.click('mine.open', within=['after'])
    page = opening.value
    page.get_by_role('main', name=bram.names('page.mine'), exact=True).wait_for()
    assert page.evaluate('() => opener') is None
    page.close()
    assert bram.sees('after.code', within=['after']), 'the code is still there'
    bram.browser.open(f'{server.address.rstrip("/")}/privacy')
    bram.wait_for('privacy.ask')
    bram.click('mine.open', within=['privacy.ask'])
    bram.wait_for('page.mine')
