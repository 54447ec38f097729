from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Whoever knows the mapping sees it; what is specially sensitive and the economy are topics of their own."""

    dependencies = [("collaboration", "0009_mapping"), ("people", "0013_in_county")]

    operations = [
        protect("collaboration_mapping", RowAccess(topic=Topic.MAPPING)),
        protect("collaboration_area_note", RowAccess(topic=Topic.MAPPING)),
        protect("collaboration_sensitive_note", RowAccess(topic=Topic.HEALTH)),
        protect("collaboration_economy_note", RowAccess(topic=Topic.ECONOMY)),
        protect("collaboration_actor_map", RowAccess(topic=Topic.MAPPING)),
        protect("collaboration_actor_mark", RowAccess(topic=Topic.MAPPING)),
        protect("collaboration_sensitive_actor_mark", RowAccess(topic=Topic.HEALTH)),
    ]
