"""Passcodes, from the host's side and from a guest's."""

from .host import control, open_security, switch
from .waiting import until


def ask_for_one(host):
    """Switches the passcode on where it is not, and answers it without its space."""
    open_security(host)
    if not control(host, 'sec.passcode').is_checked():
        switch(host, 'sec.passcode', True)
    host.click_control('ctl.invite')
    host.wait_for('invite.passcode', within=['invite'])
    field = host.browser.find('textbox', host.names('invite.passcode'), [('dialog', host.names('invite'))])
    code = until(field.input_value, 'the passcode')
    host.click('page.close', within=['invite'])
    return code.replace(' ', '')


def knock_with(guest, link, code):
    """Opens a link that does not do alone, and asks to come in without any device."""
    guest.browser.open(link)
    guest.wait_for('pass.code')
    guest.browser.fill('textbox', guest.names('pass.code'), code)
    guest.click('pass.go')
    guest.wait_for('join')
    guest.browser.fill('textbox', guest.names('join.name'), guest.name)
    guest.click('join.ask')
