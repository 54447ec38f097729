from django.db import migrations

from fotfeste.access.rows import RowAccess, renew
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Let the row policy ask a function what grants open, so that it is not planned anew for every table."""

    dependencies = [("access", "0007_granted_by_function"), ("lists", "0005_answers_are_counted")]

    operations = [renew("lists_otuk_row", RowAccess(topic=Topic.LIST_ROW, protected="is_protected"))]
