from django.db import migrations

from fotfeste.access.rows import RowAccess, renew
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Let the row policies ask a function what grants open, so that it is not planned anew for every table."""

    dependencies = [("access", "0007_granted_by_function"), ("people", "0006_fewer_indexes")]

    operations = [
        renew("people_youth", RowAccess(topic=Topic.IDENTITY, youth="id")),
        renew("people_contact_detail", RowAccess(topic=Topic.CONTACT)),
        renew("people_address", RowAccess(topic=Topic.ADDRESS, protected="is_protected")),
        renew("people_guardian", RowAccess(topic=Topic.CONTACT)),
        renew("people_enrolment", RowAccess(topic=Topic.EDUCATION)),
    ]
