from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0010_dispose_plans").TABLES
_NEW = (Disposed("case", "collaboration.Record", "collaboration_record"),)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """What was written down and sent about a youth goes with the case."""

    dependencies = [("oversight", "0010_dispose_plans"), ("collaboration", "0008_record_rows")]

    operations = dispose_from(TABLES, new=_NEW)
