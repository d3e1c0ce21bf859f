"""Run the examples and compare with what is recorded, or record it anew.

python -m examples [--write] [name ...]
"""

import argparse
import sys

from examples import records


def main() -> int:
    """Read the command line, and do it; return 1 if a result has changed."""
    parser = argparse.ArgumentParser(prog="python -m examples", description=__doc__)
    parser.add_argument("--write", action="store_true", help="record what they give")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(records.names()))
    options = parser.parse_args()
    changed = []
    for name in options.names or records.names():
        print(name, flush=True)
        if options.write:
            records.write(name)
        else:
            changed += records.differences(name)
    print(*changed, sep="\n", end="\n" if changed else "")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
