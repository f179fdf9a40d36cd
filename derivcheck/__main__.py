"""`python -m derivcheck`."""

import sys

from derivcheck.cli import main

if __name__ == "__main__":  # worker processes import this module anew
    sys.exit(main())
