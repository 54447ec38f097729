"""Writing a plan: the page's fields, and its tables as rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.collaboration.enums import GoalTerm, MainGoal, OtherPlan, PlanAgrees, PlanResult, ReviewFinding
from fotfeste.collaboration.services.plan_content import FIELDS, MOST_ROWS, PlanContent
from fotfeste.kernel import opaque
from fotfeste.kernel.forms import DateField, Form
from fotfeste.kernel.rows import RowForm, WithRows

_NOT_SENSITIVE = _("Skriv bare det alle i planen trenger å vite. Ikke skriv diagnoser.")
_TWO_ROWS = {"rows": 2}


class GoalRow(RowForm):
    """A goal in the youth's words."""

    needed = ("goal",)
    always_said = ("term",)
    goal = forms.CharField(label=_("Mål, slik ungdommen sier det"), max_length=200, required=False)
    term = forms.ChoiceField(label=_("Kort eller lang sikt"), choices=GoalTerm.choices, required=False)
    seen_by = forms.CharField(label=_("Slik ser vi at det er nådd"), max_length=200, required=False)


class RoleRow(RowForm):
    """What one body does in the plan as a whole."""

    needed = ("body", "role")
    body = forms.ChoiceField(label=_("Instans"), required=False)
    person = forms.CharField(label=_("Person"), max_length=100, required=False)
    role = forms.CharField(label=_("Rolle"), max_length=200, required=False)


class TransitionRow(RowForm):
    """A transition, and who is responsible in it."""

    needed = ("what", "body")
    what = forms.CharField(label=_("Overgang"), max_length=150, required=False)
    body = forms.ChoiceField(label=_("Ansvarlig instans"), required=False)
    on = DateField(label=_("Når"), required=False)


class LearningRow(RowForm):
    """A goal from the curriculum that is worked towards."""

    needed = ("subject", "goal")
    subject = forms.CharField(label=_("Fag"), max_length=100, required=False)
    goal = forms.CharField(label=_("Kompetansemål"), max_length=200, required=False)
    arena = forms.CharField(label=_("Hvor"), max_length=100, required=False)
    approved_by = forms.CharField(label=_("Godkjent av"), max_length=100, required=False)


class OtherPlanRow(RowForm):
    """A plan somebody else owns."""

    needed = ("kind", "owner", "on")
    kind = forms.ChoiceField(label=_("Plan"), choices=[("", _("Velg")), *OtherPlan.choices], required=False)
    owner = forms.CharField(label=_("Hvem eier planen"), max_length=100, required=False)
    on = DateField(label=_("Datert"), required=False)


TABLES: Mapping[str, tuple[type[RowForm], Any]] = {
    "goals": (GoalRow, _("Ungdommens mål")),
    "roles": (RoleRow, _("Partenes roller")),
    "transitions": (TransitionRow, _("Overganger")),
    "learning_goals": (LearningRow, _("Kompetansemål fra læreplanen")),
    "other_plans": (OtherPlanRow, _("Andre planer")),
}


class PlanForm(WithRows):
    """The whole plan, measures apart. ``tables`` are drawn by the template, each as rows with two empty ones below."""

    row_forms = TABLES
    most_rows = MOST_ROWS

    coordinator = forms.ChoiceField(
        label=_("Koordinator"), help_text=_("Én person samordner planen og kaller inn til gjennomgang.")
    )
    first_day = DateField(label=_("Startdato"))
    last_day = DateField(label=_("Sluttdato"))
    review_on = DateField(label=_("Dato for gjennomgang"))
    main_goal = forms.ChoiceField(label=_("Hovedmål"), choices=[("", _("Velg hovedmål")), *MainGoal.choices])
    information_flow = forms.CharField(
        label=_("Informasjonsflyt"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hvem forteller hvem hva, når og hvordan?"),
    )
    no_transitions = forms.BooleanField(label=_("Ingen overganger ventes i planperioden"), required=False)
    youth_words = forms.CharField(
        label=_("Med ungdommens egne ord"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs=_TWO_ROWS),
        help_text=_NOT_SENSITIVE,
    )
    shared_with_nav_on = DateField(label=_("Sendt Nav som grunnlag"), required=False)
    agrees = forms.ChoiceField(
        label=_("Er ungdommen enig i denne versjonen?"),
        choices=[("", _("Ikke spurt ennå")), *PlanAgrees.choices],
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[tuple[str, str]],
        bodies: Iterable[tuple[str, str]],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.offer("coordinator", [("", _("Velg koordinator")), *people])
        chosen = [("", _("Velg")), *bodies]
        for row in (row for rows in self.tables.values() for row in rows if "body" in row.fields):
            row.offer("body", chosen)

    def content(self) -> PlanContent:
        """Return what was written, as the service takes it."""
        unit, _sep, user = self.cleaned_data["coordinator"].partition("-")
        tables = self.given_rows
        used = {row["key"] for row in tables["goals"]}
        free = (f"g{number}" for number in range(1, 100) if f"g{number}" not in used)
        for row in tables["goals"]:
            row["key"] = row["key"] or next(free)
            row["term"] = row["term"] or GoalTerm.SHORT.value
        plain: dict[str, Any] = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        return PlanContent(coordinator_id=opaque.decode(user), coordinator_unit_id=int(unit), **{**plain, **tables})


class AgreementForm(Form):
    """What the youth says of a version."""

    answer = forms.ChoiceField(label=_("Er ungdommen enig?"), choices=[("", _("Velg")), *PlanAgrees.choices])
    version = forms.CharField(widget=forms.HiddenInput)


class ReviewForm(Form):
    """What a review found, and when the next is."""

    on = DateField(label=_("Holdt"))
    finding = forms.ChoiceField(
        label=_("Hva viste gjennomgangen?"), choices=ReviewFinding.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Kort om gjennomgangen"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_NOT_SENSITIVE,
    )
    next_on = DateField(label=_("Neste gjennomgang"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndPlanForm(Form):
    """How it went."""

    on = DateField(label=_("Avsluttes"))
    result = forms.ChoiceField(label=_("Resultat ved slutt"), choices=PlanResult.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Kort om resultatet"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_NOT_SENSITIVE,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
