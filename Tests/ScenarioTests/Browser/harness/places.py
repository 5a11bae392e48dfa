"""Where things are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
BUILD = Path(os.environ.get('BERAAD_BUILD', ROOT / '.build' / 'release'))
OUTPUT = Path(os.environ.get('BERAAD_OUTPUT', ROOT / 'output' / 'browser'))
FILES = Path(__file__).resolve().parent
