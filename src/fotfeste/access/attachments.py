"""
Files that belong to notes about youths: what the tables of them have in common, and how they are kept.

A file lies in the database beside its note, so that the row policy that hides the note hides the file, and what takes
the note away takes the file (docs/adr/0053). A row is never changed. A note that corrects another may go on with
files of it: that is a row of its own, which names the one that holds the contents.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from fotfeste.access.rows import AboutYouth
from fotfeste.kernel import clock
from fotfeste.kernel.checked_files import CheckedFile
from fotfeste.kernel.errors import Invalid

#: How many files a note may have.
MOST = 5


class Attachment(AboutYouth):
    """A file that belongs to a note; the subclass says to which, and who may read it."""

    name = models.CharField("navn på filen", max_length=150)
    content = models.BinaryField("innhold", null=True)
    media_type = models.CharField("type", max_length=40)
    size = models.IntegerField("størrelse i byte")
    digest = models.CharField("sjekksum", max_length=64)
    is_scanned = models.BooleanField("viruskontrollert")
    added_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="lagt ved av"
    )
    recorded_at = models.DateTimeField("registrert")
    kept_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="samme fil som"
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(name="%(class)s_once", fields=["note", "digest"]),
            models.CheckConstraint(
                name="%(class)s_contents",
                condition=Q(content__isnull=True, kept_from__isnull=False)
                | Q(content__isnull=False, kept_from__isnull=True),
            ),
        ]


def attach(
    kind: Any,
    *,
    note: Any,
    by: int,
    files: Sequence[CheckedFile] = (),
    corrects: Any = None,
    keeps: Collection[int] | None = None,
) -> list[int]:
    """
    Keep files with a new note, and say which rows they are. A file that is there already is not kept twice.

    :param kind: the table, a subclass of ``Attachment``.
    :param corrects: the note it corrects, whose files it may go on with; they keep who added them and when.
    :param keeps: which of those; all of them unless given.
    :raises Invalid: there are more than a note may have.
    """
    made = [_carried(kind, each) for each in _of(kind, corrects) if keeps is None or each.pk in keeps]
    made += [_new(kind, each, by) for each in files]
    different = {each.digest: each for each in reversed(made)}
    if len(different) > MOST:
        raise Invalid(_("Et notat kan ha høyst %(most)s vedlegg.") % {"most": MOST})
    rows = list(reversed(different.values()))
    for each in rows:
        each.note, each.youth_id = note, note.youth_id
        each.save(force_insert=True)
    return [each.pk for each in rows]


def _carried(kind: Any, each: Any) -> Any:
    return kind(
        **_facts(each),
        added_by_id=each.added_by_id,
        recorded_at=each.recorded_at,
        kept_from_id=each.kept_from_id or each.pk,
    )


def _new(kind: Any, each: CheckedFile, by: int) -> Any:
    return kind(**_facts(each), content=each.content, added_by_id=by, recorded_at=clock.now())


def _facts(each: Any) -> dict[str, Any]:
    return {name: getattr(each, name) for name in ("name", "media_type", "size", "digest", "is_scanned")}


def contents_of(attachment: Attachment) -> bytes:
    """Return what the file holds."""
    held = attachment if attachment.kept_from is None else attachment.kept_from
    return bytes(held.content or b"")


def _of(kind: Any, note: Any) -> list[Any]:
    return list(kind._default_manager.filter(note=note).defer("content").order_by("pk")) if note is not None else []
