#!/usr/bin/env python3
"""Say whether the machine has a PostgreSQL of its own besides the one installed with us: exit 0 yes, 1 no."""

import sys

from fotfeste.kernel.database import available_binaries

own = [found for found in available_binaries() if found.origin != "tillegget «demo»"]
print(
    f"PostgreSQL {own[0].major} of this machine"
    if own
    else "No PostgreSQL of this machine's own: tested with ours only"
)
sys.exit(0 if own else 1)
