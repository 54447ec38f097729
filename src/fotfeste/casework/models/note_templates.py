"""The texts a unit offers whoever writes a note."""

from django.db import models
from django.db.models import Q


class NoteTemplate(models.Model):
    """
    A text for notes as a unit has it; at the education administration's, as the whole county has it.

    One with no text is taken out. What stood before is kept.
    """

    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    key = models.CharField("nøkkel", max_length=40)
    name = models.CharField("navn", max_length=80)
    text = models.TextField("mal", blank=True)
    changed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("registrert")
    superseded_at = models.DateTimeField("erstattet", null=True, blank=True)

    class Meta:
        db_table = "casework_note_template"
        constraints = [
            models.UniqueConstraint(
                name="one_template_of_a_key", fields=["unit", "key"], condition=Q(superseded_at__isnull=True)
            ),
        ]
