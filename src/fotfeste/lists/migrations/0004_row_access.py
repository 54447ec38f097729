from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Rows of OTUK lists are read by those whose list it is."""

    dependencies = [("lists", "0003_initial"), ("people", "0002_row_access")]

    operations = [protect("lists_otuk_row", RowAccess(topic=Topic.LIST_ROW, protected="is_protected"))]
