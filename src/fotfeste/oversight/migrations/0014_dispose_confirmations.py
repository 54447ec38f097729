from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0013_dispose_meetings").TABLES
# What points at another goes before it.
_NEW = (Disposed("case", "collaboration.Confirmation", "collaboration_confirmation"),)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """What those who took part said of the minutes goes with the case."""

    dependencies = [("oversight", "0013_dispose_meetings"), ("collaboration", "0015_confirmation")]

    operations = dispose_from(TABLES, new=_NEW)
