"""How much memory programs took at most, by the kernel's own count."""

import re
from pathlib import Path


def processes_of(browser):
    """The processes of a Chromium that hold what pages do: the pages' own and the browser's."""
    session = browser.browser.new_browser_cdp_session()
    found = session.send('SystemInfo.getProcessInfo')['processInfo']
    session.detach()
    return [(one['type'], one['id']) for one in found if one['type'] in ('renderer', 'browser')]


def begin(process):
    """Counts anew from what it takes now, which is answered in MB."""
    Path(f'/proc/{process}/clear_refs').write_text('5', 'ascii')
    return _megabytes(process, 'VmRSS')


def peak(process):
    """The most since then, in MB; nothing when it has ended, as one that was kept in reserve may."""
    return _megabytes(process, 'VmHWM') if Path(f'/proc/{process}').exists() else None


def _megabytes(process, key):
    status = Path(f'/proc/{process}/status').read_text('utf-8')
    return int(re.search(rf'{key}:\s+(\d+)', status)[1]) * 1024 / 1e6
