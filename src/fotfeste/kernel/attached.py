"""A field of a form that takes several files, and the form that has it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.checked_files import ENDINGS, LARGEST, CheckedFile, checked_file, scanned_file
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.forms import Form

_ANEW = _("Ingenting er lagret. Det du har skrevet, står her fortsatt, men filene må velges på nytt.")


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.FileField):
    """
    Files that are kept in a case: whole PDFs and pictures that are what their names say.

    :ivar most: how many at once.
    """

    widget = _ManyFiles(attrs={"multiple": True, "accept": ",".join(ENDINGS)})

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        """Return each file once, as far as it can be judged without a scanner; each that may not be kept is named."""
        if len(data or ()) > self.most:
            raise ValidationError(_("Høyst %(most)s filer om gangen."), params={"most": self.most})
        kept: dict[str, CheckedFile] = {}
        wrong = []
        for each in data or ():
            try:
                file = checked_file(name=each.name, content=each.read(LARGEST + 1))
            except Invalid as refusal:
                wrong.append(str(refusal))
            else:
                kept.setdefault(file.digest, file)
        if wrong:
            raise ValidationError(wrong)
        return list(kept.values())


class WithFiles(Form):
    """
    A form with files. They go through the malware scanner last, and only when all else is right.

    A browser does not fill in files again: whoever must correct something is told to choose them anew.
    """

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        self.order_fields([*(name for name in self.fields if name != "attachments"), "attachments"])

    def clean(self) -> dict[str, Any]:
        """Let the scanner see the files, and keep nothing when it does not let one through."""
        given = super().clean() or {}
        if self.is_too_large:
            self.add_error("attachments", _("Filene er for store til sammen. Hvert vedlegg kan være på høyst 8 MB."))
        if not self.errors:
            given["attachments"] = self._scanned(given.get("attachments", ()))
        if self.errors and (self.files or self.is_too_large):
            self.add_error("attachments", _ANEW)
        return given

    def _scanned(self, files: Sequence[CheckedFile]) -> list[CheckedFile]:
        through = []
        for each in files:
            try:
                through.append(scanned_file(each))
            except Invalid as refusal:
                self.add_error("attachments", str(refusal))
        return through
