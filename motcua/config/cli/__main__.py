"""`python -m motcua.config.cli`: the command, where its name is not on the path."""

import sys

from motcua.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
