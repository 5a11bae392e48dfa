"""What is said between somebody who waits and whoever lets them in: messages, the name for the others, agreements."""

from harness.waiting import until


def at_the_door(people, links):
    """A host, and somebody who waits."""
    anna, bram = people().join(links['host']), people()
    bram.ask(links['guest'])
    bram.wait_for('wait')
    anna.open_people()
    anna.wait_for('people.admit', name='Bram')
    return anna, bram


def test_a_host_writes_to_somebody_who_waits_and_lets_them_in_after_it(people, server):
    anna, bram = at_the_door(people, server.create_links())
    anna.click('people.message', within=['people'], name='Bram')
    place = [('dialog', anna.names('people.message', name='Bram'))]
    send = ('button', anna.names('people.message.send', name='Bram'))
    anna.browser.click(*send, place)
    anna.wait_for_text('people.message.empty')
    anna.browser.find('textbox', anna.names('people.message.text'), place).fill('Nog vijf minuten')
    anna.browser.click(*send, place)
    bram.wait_for('wait.message')
    assert 'Nog vijf minuten' in bram.browser.text()
    assert bram.sees('wait')
    anna.admit(bram)
    bram.wait_for('meet')


def test_P039_the_others_see_the_name_that_was_chosen_while_waiting(people, server):
    anna, bram = at_the_door(people, server.create_links())
    assert bram.browser.find('textbox', bram.names('wait.shown')).input_value() == 'Bram'
    bram.browser.fill('textbox', bram.names('wait.shown'), 'Vlinder')
    assert anna.sees('people.admit', name='Bram'), 'whoever lets in reads the name they came with'
    anna.admit(bram)
    bram.wait_for('meet')
    for person, tile in ((anna, 'meet.tile'), (bram, 'meet.ownTile')):
        person.wait_for(tile, name='Vlinder')
    assert not anna.sees('meet.tile', name='Bram')


def test_P049_somebody_asks_for_agreements_and_a_host_turns_the_chat_off_by_one_click(people, server):
    links = server.create_links()
    anna, bram = people().join(links['host']), people()
    bram.open(links['guest'])
    bram.browser.fill('textbox', bram.names('join.name'), bram.name)
    for wish in ('join.noRecording', 'join.noChat'):
        bram.click(wish, within=['join.wishes'])
    bram.click('join.ask')
    bram.wait_for('wait')
    anna.open_people()
    anna.wait_for('people.admit', name='Bram')
    for text in ('people.asks.recording', 'people.asks.chat'):
        anna.wait_for_text(text)
    assert anna.names.text('people.asks.captions') not in anna.browser.text()
    anna.click('people.chatOff', within=['people'])
    anna.wait_for_text('people.asks.chat.off')
    until(lambda: not anna.sees('people.chatOff'), 'nothing is left to turn off')
    anna.admit(bram)
    bram.wait_for('meet')
    bram.open_chat()
    bram.wait_for_text('chat.off')
