"""Files in the chat (Chromium). Where one is written to is a stand-in that hashes it: the browser's own dialog is the system's
and nobody's page."""

from .host import control, open_security
from .waiting import until

PICKER = '''
  globalThis.showSaveFilePicker = async ({ suggestedName }) => ({
    createWritable: async () => {
      const parts = [];
      return {
        write: async (bytes) => void parts.push(bytes.slice()),
        abort: async () => void (globalThis.savedFile = { name: suggestedName, size: -1, hash: '' }),
        close: async () => {
          const bytes = await new Blob(parts).arrayBuffer();
          const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
          const digits = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
          globalThis.savedFile = { name: suggestedName, size: bytes.byteLength, hash: digits };
        },
      };
    },
  });
'''


def choose(person, *paths):
    """Files that go with the next message."""
    with person.browser.page.expect_file_chooser() as chooser:
        person.in_chat('chat.file').click()
    chooser.value.set_files(paths)


def let_files(person, wanted):
    """Switches files in the chat on or off, in the panel of safety."""
    open_security(person)
    files = control(person, 'sec.files')
    if files.is_checked() != wanted:
        files.click()
    until(lambda: files.is_checked() == wanted, f'files are {wanted}')


def saved(person, seconds=60):
    """What was written by the stand-in: name, size and hash."""
    return until(lambda: person.browser.evaluate('() => globalThis.savedFile'), f'{person.name} has saved the file', seconds)
