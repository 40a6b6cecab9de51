"""`python -m evals --data DIR`: score every family on public gold, and hold each score to its floor."""

import sys

from evals.gate import main

if __name__ == "__main__":
    sys.exit(main())
