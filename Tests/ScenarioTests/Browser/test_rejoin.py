"""Coming and going: the meeting goes on for those who stay."""

from harness.peer import Peer
from harness.waiting import grows, until


def test_whoever_left_comes_back_with_the_same_link(people, link):
    anna, bram = people().join(link), people().join(link)
    anna.wait_for_picture_of(bram)
    bram.leave()
    anna.wait_until_gone(bram)
    bram.join(link)
    anna.wait_for_picture_of(bram)
    bram.wait_for_picture_of(anna)
    bram.wait_for_sound_of(anna)


def test_a_reload_is_the_link_opened_again(people, link):
    anna, bram = people().join(link), people('firefox').join(link)
    anna.wait_for_picture_of(bram)
    for person, other in ((anna, bram), (bram, anna)):
        person.join(link)  # the page is thrown away without a goodbye
        person.wait_for_picture_of(other)
        other.wait_for_picture_of(person)


def test_twenty_come_and_go_while_two_talk_on(people, link):
    anna, bram = people().join(link), people().join(link)
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
    before = [person.browser.evaluate('() => probe.descriptions') for person in (anna, bram)]
    freezes = [person.count('freezeCount') for person in (anna, bram)]
    for number in range(20):
        name = f'Gast {number + 1}'
        with Peer(link, name):
            for person in (anna, bram):
                person.wait_for('meet.tile', name=name)
            until(lambda: anna.picture_of(name), f'Anna sees the picture of {name}')
            grows(lambda: anna.picture_of(bram)['frames'], 'the frames of Bram meanwhile', by=3)
        for person in (anna, bram):
            person.wait_until_gone(name)
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)
    assert [person.browser.evaluate('() => probe.descriptions') for person in (anna, bram)] == before
    print('freezes:', freezes, [person.count('freezeCount') for person in (anna, bram)])
