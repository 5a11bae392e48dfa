"""What a host does about others and about the whole meeting, with the mouse."""

import contextlib

from .waiting import until


@contextlib.contextmanager
def acting(person, other):
    """The dialog about somebody, open as long as the block lasts."""
    person.open_people()
    person.click('meet.actions', within=['people.list'], name=other.name)
    person.wait_for('person', name=other.name)
    yield
    person.click('page.close', within=['person'], values={'name': other.name})
    until(lambda: not person.sees('person', name=other.name), 'the dialog is closed')


def dialog_about(person, other):
    return person.names.role('person'), person.names('person', name=other.name)


def allow(person, other, identifier, wanted):
    """A switch of the dialog about somebody, clicked once; waits until the server says it."""
    may = person.browser.find('switch', person.names(identifier), [dialog_about(person, other)])
    assert may.is_checked() != wanted, f'{identifier} is so already'
    may.click()
    until(lambda: may.is_checked() == wanted, f'{identifier} of {other.name} is {wanted}')


def open_security(person):
    if not person.sees('sec'):
        person.click_control('ctl.security')
        person.wait_for('sec')


def control(person, identifier):
    return person.browser.find(person.names.role(identifier), person.names(identifier), [('region', person.names('sec'))])


def switch(person, identifier, wanted):
    """Clicks a switch of the panel, and waits until the group says it."""
    control(person, identifier).click()
    until(lambda: control(person, identifier).is_checked() == wanted, f'{identifier} is {wanted}')


def choose(person, identifier, audience):
    """Says in the panel who may do something, and waits until the group says it."""
    open_security(person)
    choice = control(person, identifier)
    choice.select_option(audience)
    until(lambda: choice.input_value() == audience and choice.get_attribute('aria-disabled') != 'true',
          f'{identifier} is for {audience}')


def end_for_all(person):
    person.click('ctl.leave', within=['ctl'])
    person.click('leave.end', within=['leave'])
    person.wait_for('after')
