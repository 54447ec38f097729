from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0014_dispose_confirmations").TABLES
# What points at another goes before it.
_NEW = (
    Disposed("case", "correspondence.Reply", "correspondence_reply"),
    Disposed("case", "correspondence.Letter", "correspondence_letter"),
)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """Letters to the youth, and what was answered, go with the case."""

    dependencies = [("oversight", "0014_dispose_confirmations"), ("correspondence", "0004_letter_rows")]

    operations = dispose_from(TABLES, new=_NEW)
