"""The accessible names of the client (names.tsv, which TidyTests compares with the client's texts) and those texts."""

import csv
import json

from .places import FILES, ROOT


def _names():
    with open(FILES.parent / 'names.tsv', encoding='utf-8') as file:
        return {row['id']: row for row in csv.DictReader(file, delimiter='\t')}


TABLE = _names()
TEXTS = {
    language: json.loads((ROOT / 'Web' / 'strings' / f'{language}.json').read_text('utf-8')) for language in ('nl', 'en')
}


class Names:
    """Names in one language: `names('join.ask')`, `names('meet.ownTile', name='Anna')`."""

    def __init__(self, language):
        self.language = language

    def __call__(self, identifier, **values):
        return self._fill(TABLE[identifier][self.language], values)

    def role(self, identifier):
        return TABLE[identifier]['role']

    def text(self, identifier, **values):
        """A sentence that is no name of a control."""
        return self._fill(TEXTS[self.language][identifier], values)

    @staticmethod
    def _fill(text, values):
        for key, value in values.items():
            text = text.replace('{' + key + '}', str(value))
        return text
