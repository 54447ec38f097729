"""The parts of the log, each with what waits there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.kernel.ui import Link
from fotfeste.oversight.selectors.flags import count_open_flags


def log_tabs(*, current: str) -> list[Link]:
    """Return the tabs above the log and above what was unusual in it."""
    return [
        Link(_("Alt i loggen"), reverse("oversight:log"), current == "log"),
        Link(_("Uvanlige oppslag"), reverse("oversight:flags"), current == "flags", count_open_flags()),
        Link(_("Kopi til den det gjelder"), reverse("oversight:person_copy"), current == "person_copy"),
        Link(_("Vern mot kassasjon"), reverse("oversight:holds"), current == "holds"),
    ]
