"""The sharing rules in plain words: who may know what, why, and by what law."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access import sharing
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Ground, Topic
from fotfeste.kernel import clock


@requires(Permission.DIRECTORY_VIEW)
@require_GET
def sharing_rules(request: ActorRequest) -> HttpResponse:
    """Show the rules in force today, by ground, and those that have ended below."""
    today = clock.today()
    told = [
        {"ground": ground, "rules": [_told(rule) for rule in sharing.rules_on(today) if rule.ground is ground]}
        for ground in Ground
        if any(rule.ground is ground for rule in sharing.rules_on(today))
    ]
    ended = [_told(rule) for rule in sharing.rules() if rule.last_day and rule.last_day < today]
    return render_screen(request, "access/sharing_rules.html", {"grounds": told, "ended": ended})


def _told(rule: sharing.SharingRule) -> dict[str, object]:
    return {
        "receivers": [receiver_name(name) for name in sorted(rule.receivers)],
        "topics": [topic.label for topic in Topic if topic in rule.topics],
        "purpose": _(rule.purpose),
        "condition": _(rule.condition),
        "sources": [source.citation for source in rule.sources],
        "first_day": rule.first_day,
        "last_day": rule.last_day,
    }


def receiver_name(name: str) -> str:
    """Return what a receiver of a rule is called: a role, the youth or a guardian."""
    return {"youth": _("Ungdommen selv"), "guardian": _("Foresatte")}.get(name) or str(Role(name).label)
