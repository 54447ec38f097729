from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0017_dispose_wash").TABLES
# A proposed time goes before the one it suits and the meeting.
_NEW = (Disposed("case", "collaboration.ProposedTime", "collaboration_proposed_time"),)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """The times proposed for a meeting go with the case."""

    dependencies = [("oversight", "0017_dispose_wash"), ("collaboration", "0028_proposed_time_rows")]

    operations = dispose_from(TABLES, new=_NEW)
