"""Passcodes, from the host's side and from a guest's."""

from .host import control, open_security, switch
from .waiting import until


def ask_for_one(host):
    """Switches the passcode on, and answers the one that was made, without its space."""
    open_security(host)
    switch(host, 'sec.passcode', True)
    return until(control(host, 'sec.code').input_value, 'the passcode').replace(' ', '')


def knock_with(guest, link, code):
    """Opens a link that does not do alone, and asks to come in without any device."""
    guest.browser.open(link)
    guest.wait_for('pass.code')
    guest.browser.fill('textbox', guest.names('pass.code'), code)
    guest.click('pass.go')
    guest.wait_for('join')
    guest.browser.fill('textbox', guest.names('join.name'), guest.name)
    guest.click('join.ask')
