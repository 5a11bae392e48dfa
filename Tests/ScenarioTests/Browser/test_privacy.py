"""What is processed and kept, and what every setting gives and costs, can be read from every screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize('language', ['nl', 'en'])
def test_P034_every_screen_leads_to_it_and_nobody_leaves_where_they_are(people, server, language):
    links = server.create_links()
    anna = people(language=language)
    anna.browser.open(server.address)
    anna.wait_for('home')
    assert anna.sees('page.privacy')
    anna.browser.open(links['guest'].split('#')[0])
    anna.wait_for_text('err.link')
    assert anna.sees('page.privacy')
    anna.open(links['host'])
    assert anna.sees('page.privacy')
    anna.browser.fill('textbox', anna.names('join.name'), anna.name)
    anna.click('join.start')
    anna.wait_for('meet')
    with anna.browser.page.context.expect_page() as opening:
        anna.click('page.privacy', within=['meet'])
    page = opening.value
    page.get_by_role('main', name=anna.names('page.privacy'), exact=True).wait_for()
    assert page.url == f'{server.address.rstrip("/")}/privacy'
    assert page.evaluate('() => opener') is None
    for heading in ('privacy.during', 'privacy.guest', 'privacy.kept', 'privacy.settings', 'privacy.ask'):
        assert page.get_by_role('region', name=anna.names(heading), exact=True).is_visible(), heading
    settings = page.get_by_role('region', name=anna.names('privacy.settings'), exact=True).inner_text()
    for setting in ('lock', 'waiting', 'share', 'chat', 'files', 'unmute', 'video', 'rename'):
        for text in (f'sec.{setting}', f'sec.{setting}.gain', f'sec.{setting}.cost'):
            assert anna.names.text(text) in settings, text
    assert [one['id'] for one in Axe().run(page).response['violations']] == []
    page.close()
    assert anna.sees('meet')
    anna.leave()
    assert anna.sees('page.privacy')
