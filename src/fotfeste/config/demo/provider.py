"""The demo's identity provider: a real one on this machine, where one chooses who to be."""

import importlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fotfeste.config.demo.users import DemoUser

_TEMPLATES = Path(__file__).parent / "data"
_STATIC = Path(__file__).parents[2] / "kernel" / "static"


@contextmanager
def running(*, port: int, users: Sequence[DemoUser]) -> Iterator[str]:
    """Run the provider on a port for as long as the context lasts, with users to choose among; give its address."""
    with warnings.catch_warnings():
        importlib.import_module("authlib.deprecate")  # it turns its warnings on as it is read
        warnings.simplefilter("ignore")  # what its libraries say to each other is not for the user
        from oidc_provider_mock import User, run_server_in_thread
    claims = [User(sub=user.subject, claims={"name": user.name}) for user in users]
    with run_server_in_thread(port, user_claims=claims) as server:
        _dress(server.app, {user.subject: user.sees for user in users})
        yield f"http://localhost:{server.server_port}"


def _dress(app: Any, sees: Mapping[str, str]) -> None:
    """
    Show the choice in our own clothes, with what there is to see as each, and fetch nothing from other places.

    The demo may have no network.
    """
    from jinja2 import ChoiceLoader, FileSystemLoader

    app.jinja_loader = ChoiceLoader([FileSystemLoader(_TEMPLATES), app.jinja_loader])
    app.jinja_env.globals["sees"] = sees
    app.static_folder = str(_STATIC)
