"""Counts what a person has to do: each click, and each field that is filled in."""


class Acts:
    def __init__(self, person):
        self.person, self.count = person, 0

    def click(self, identifier, within=None, **own):
        self.person.click(identifier, within, **own)
        self.count += 1

    def fill(self, identifier, text):
        self.person.wait_for(identifier)
        self.person.browser.fill(self.person.names.role(identifier), self.person.names(identifier), text)
        self.count += 1
