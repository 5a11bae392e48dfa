"""Report misuse, and the receipt: files on one's own device, and nothing on its way to anybody."""

import json


def saved(person, act):
    """The file that an act hands to the browser."""
    with person.browser.page.expect_download() as download:
        act()
    return json.loads(open(download.value.path(), encoding='utf-8').read())


def test_a_host_saves_a_report_with_chosen_messages_and_is_led_to_removing(meeting):
    anna, bram, _ = meeting
    bram.write('Dit is gemeen')
    bram.write('En dit niet')
    anna.open_chat()
    anna.wait_for_message('En dit niet')
    anna.open_people()
    anna.click('meet.actions', name='Bram')
    anna.click('person.report', within=['person'], values={'name': 'Bram'})
    anna.wait_for('report')
    anna.click('report.save', within=['report'])
    anna.wait_for_text('report.empty')
    anna.click('report.message', within=['report'], name='Bram', text='Dit is gemeen')
    anna.browser.fill('textbox', anna.names('report.text'), 'Bram schold.')
    asked = len(anna.browser.requests)
    report = saved(anna, lambda: anna.click('report.save', within=['report']))
    assert report['about'] == 'Bram' and report['text'] == 'Bram schold.'
    assert [(one['from'], one['text']) for one in report['messages']] == [('Bram', 'Dit is gemeen')]
    anna.wait_to_hear('report.saved')
    assert [url for url in anna.browser.requests[asked:] if not url.startswith('blob:')] == [], 'nothing is sent'
    anna.click_control('ctl.security')
    anna.click('sec.report', within=['sec'])
    anna.click('sec.remove', within=['report'])
    anna.wait_for('people')


def test_a_guest_reports_afterwards_and_takes_the_receipt_along(meeting):
    _, bram, _ = meeting
    bram.leave()
    receipt = saved(bram, lambda: bram.click('after.save'))
    assert receipt['left'] == {'cookies': 0, 'storage': 0, 'databases': 0, 'caches': 0, 'workers': 0}
    bram.click('after.report', within=['after'])
    bram.wait_for_text('report.stop.after')
    assert not bram.sees('sec.remove', within=['report'])
    bram.browser.fill('textbox', bram.names('report.text'), 'Somebody was rude.')
    report = saved(bram, lambda: bram.click('report.save', within=['report']))
    assert report['text'] == 'Somebody was rude.' and report['messages'] == []
