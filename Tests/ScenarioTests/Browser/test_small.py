"""The small window: who is on the stage, microphone, camera and leaving, and no longer than the meeting."""

from harness.peer import Peer
from harness.waiting import until

# A window of the browser's own kind is out of reach of the driver, so a plain one stands in for it: as empty, of the same
# origin and under the same policy.
SCRIPT = '''
  Object.defineProperty(window, 'documentPictureInPicture', { configurable: true, value: {
    requestWindow: async ({ width, height }) => window.open('about:blank', '', `width=${width},height=${height}`),
  } });
'''


def test_the_small_window_shows_who_speaks_and_ends_with_the_meeting(people, server):
    links = server.create_links()
    anna = people(script=SCRIPT).join(links['host'])
    names = anna.names
    with Peer(links['guest'], 'Piet'):
        anna.admit('Piet')
        anna.wait_for_picture_of('Piet')
        with anna.browser.page.expect_popup() as opening:
            anna.click_control('ctl.window.1')
        small = opening.value
        anna.wait_for('ctl.window.2')
        tile = small.get_by_role('group', name=names('meet.tile', name='Piet'), exact=True)
        moves = '(video) => video.getVideoPlaybackQuality().totalVideoFrames'
        until(lambda: tile.locator('video').count() and tile.locator('video').evaluate(moves) > 10, 'Piet moves in it')
        assert small.locator('link[rel=stylesheet]').count() > 10
        assert tile.evaluate('(one) => getComputedStyle(one).display') == 'grid', 'it is dressed'
        button = lambda name: small.get_by_role('button', name=names(name), exact=True)
        button('av.mic.1').click()
        anna.wait_for('av.mic.2', within=['ctl'])
        button('av.mic.2').click()
        anna.wait_for('av.mic.1', within=['ctl'])
        # Closed and opened again one click is still one click.
        anna.click_control('ctl.window.2')
        until(small.is_closed, 'it is closed')
        with anna.browser.page.expect_popup() as opening:
            anna.click_control('ctl.window.1')
        small = opening.value
        button('av.camera.1').click()
        anna.wait_for('av.camera.2', within=['ctl'])
        button('ctl.leave').click()
        button('leave.stay').click()
        assert anna.sees('meet')
        button('ctl.leave').click()
        button('leave.go').click()
        anna.wait_for('after')
        until(small.is_closed, 'it is closed with the meeting')


def test_where_there_is_none_there_is_no_button(people, server):
    anna = people(script='delete globalThis.documentPictureInPicture;').join(server.create_links()['host'])
    assert not anna.sees('ctl.window.1')
