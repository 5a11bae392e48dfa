"""Files in the chat (Chromium). Where one is written to is a stand-in that hashes it: the browser's own dialog is the system's
and nobody's page."""

import hashlib
import json

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


# Where a large file is written to: each MiB is hashed when it is full, and nothing of it is kept.
SINK = '''
  globalThis.showSaveFilePicker = async ({ suggestedName }) => ({
    createWritable: async () => {
      const block = new Uint8Array(1 << 20), hashes = [];
      let filled = 0, size = 0;
      const flush = async () => {
        hashes.push(new Uint8Array(await crypto.subtle.digest('SHA-256', block.subarray(0, filled))));
        filled = 0;
      };
      return {
        write: async (bytes) => {
          for (let at = 0; at < bytes.length;) {
            const count = Math.min(bytes.length - at, block.length - filled);
            block.set(bytes.subarray(at, at + count), filled);
            [filled, at, size] = [filled + count, at + count, size + count];
            if (filled === block.length) await flush();
          }
        },
        abort: async () => void (globalThis.savedFile = { name: suggestedName, size: -1, hash: '' }),
        close: async () => {
          if (filled > 0) await flush();
          const whole = await crypto.subtle.digest('SHA-256', await new Blob(hashes).arrayBuffer());
          const hash = [...new Uint8Array(whole)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
          globalThis.savedFile = { name: suggestedName, size, hash };
        },
      };
    },
  });
'''

# A file that is nowhere: every MiB of it is a number and the same bytes behind it, which the browser holds once. It is given to
# the page as if somebody had chosen it.
MAKE = '''() => {
  const size = SIZE, block = 1 << 20;
  const rest = new Blob([Uint8Array.from({ length: block - 8 }, (_, at) => at * 31 + (at >> 8))]);
  const parts = [];
  for (let number = 0; number * block < size; number += 1) {
    const head = new DataView(new ArrayBuffer(8));
    head.setBigUint64(0, BigInt(number));
    parts.push(head.buffer, rest);
  }
  const chosen = new DataTransfer();
  chosen.items.add(new File([new Blob(parts).slice(0, size)], NAME));
  const input = document.querySelector('b-attach input[type=file]');
  input.files = chosen.files;
  input.dispatchEvent(new Event('change'));
}'''


def give(person, name, size):
    """A file of so many bytes that goes with the next message, in whichever browser."""
    person.browser.evaluate(MAKE.replace('SIZE', str(size)).replace('NAME', json.dumps(name)))


def hash_of(size):
    """What `SINK` comes to for a file of `give`."""
    block = 1 << 20
    rest = bytes(at * 31 + (at >> 8) & 255 for at in range(block - 8))
    hashes = b''
    for number in range(-(-size // block)):
        content = number.to_bytes(8, 'big') + rest
        hashes += hashlib.sha256(content[:size - number * block]).digest()
    return hashlib.sha256(hashes).hexdigest()
