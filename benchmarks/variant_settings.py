"""The product's settings; as the role that no row policy holds when that is what is measured."""

import os

from fotfeste.config.settings import *  # noqa: F403
from fotfeste.config.settings import DATABASES

if os.environ.get("FOTFESTE_BENCH_VARIANT") == "unfenced":
    DATABASES["default"]["USER"] = "fotfeste_bench"
