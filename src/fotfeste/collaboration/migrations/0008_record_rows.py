from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """A unit the youth is open to sees the records it wrote and those it was sent."""

    dependencies = [("collaboration", "0007_record"), ("people", "0013_in_county")]

    operations = [
        protect("collaboration_record", RowAccess(topic=Topic.IDENTITY, written_by="by_unit_id", sent_to="to_unit_id")),
    ]
