from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0008_dispose_cooperation").TABLES
_NEW = (Disposed("case", "collaboration.SharedNote", "collaboration_shared_note"),)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """The shared notes go with the case."""

    dependencies = [("oversight", "0008_dispose_cooperation"), ("collaboration", "0004_shared_note_rows")]

    operations = dispose_from(TABLES, new=_NEW)
