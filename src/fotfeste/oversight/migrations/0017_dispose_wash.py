from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0016_dispose_attachments").TABLES
# What was agreed goes before the task it became.
_NEW = (Disposed("case", "lists.WashAgreement", "lists_wash_agreement"),)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """What was agreed when a list was washed goes with the case."""

    dependencies = [("oversight", "0016_dispose_attachments"), ("lists", "0010_wash_rows")]

    operations = dispose_from(TABLES, new=_NEW)
