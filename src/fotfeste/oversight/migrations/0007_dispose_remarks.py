from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0006_disposal_rows").TABLES
_REMARK = Disposed("case", "casework.Remark", "casework_remark")
TABLES = (*_BEFORE[:3], _REMARK, *_BEFORE[3:])


class Migration(migrations.Migration):
    """The youth's own remarks go with the case."""

    dependencies = [("oversight", "0006_disposal_rows"), ("casework", "0017_remark_rows")]

    operations = dispose_from(TABLES, new=(_REMARK,))
