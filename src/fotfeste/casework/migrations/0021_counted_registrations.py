"""Registrations are counted by the thousand: the actor's first county is asked about before the arrays."""

from django.db import migrations

from fotfeste.access.rows import RowAccess, renew
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_taken_over")]

    operations = [renew("casework_registration", RowAccess(topic=Topic.STATUS, counted=True))]
