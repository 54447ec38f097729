"""
Migrating without building every model anew after each step.

Django keeps the models as they were at each step of the history, and after a step builds the changed one anew together
with all that lead to it, however many ways round: of our tables nearly all, so that most of a first start went to it.
What a step does to the database needs the model it is about, and no more, as long as no step gives a table another name
or another primary key (tests/house/test_migrations.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState

_WHICH = "_find_reload_model"


@contextmanager
def one_model_at_a_time() -> Iterator[None]:
    """Build anew only the model a step changes; a step that runs code is given all of them whole, as ever."""
    usual = getattr(ProjectState, _WHICH)

    def only_itself(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        state.is_delayed = True  # asks for all models to be built before code runs on them
        return {(app_label, model_name)}

    setattr(ProjectState, _WHICH, only_itself)
    try:
        yield
    finally:
        setattr(ProjectState, _WHICH, usual)
