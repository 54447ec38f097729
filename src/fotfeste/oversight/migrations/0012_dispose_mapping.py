from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0011_dispose_records").TABLES
# What points at another goes before it.
_NEW = (
    Disposed("case", "collaboration.AreaNote", "collaboration_area_note"),
    Disposed("case", "collaboration.SensitiveNote", "collaboration_sensitive_note"),
    Disposed("case", "collaboration.EconomyNote", "collaboration_economy_note"),
    Disposed("case", "collaboration.Mapping", "collaboration_mapping"),
    Disposed("case", "collaboration.ActorMark", "collaboration_actor_mark"),
    Disposed("case", "collaboration.SensitiveActorMark", "collaboration_sensitive_actor_mark"),
    Disposed("case", "collaboration.ActorMap", "collaboration_actor_map"),
)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """What was found out with a youth goes with the case."""

    dependencies = [("oversight", "0011_dispose_records"), ("collaboration", "0010_mapping_rows")]

    operations = dispose_from(TABLES, new=_NEW)
