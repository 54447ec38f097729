"""The product's settings in its test environment. Chosen here: pytest-django reads settings before conftest.py."""

import os

os.environ["FOTFESTE_ENV"] = "test"
os.environ.pop("DATABASE_URL", None)

from fotfeste.config.settings import *  # noqa: F403
