"""The product's tables as somebody who only reads them would describe them."""

from django.db import models


class Named(models.Model):
    name = models.TextField()

    class Meta:
        abstract = True


class Unit(Named):
    class Meta:
        managed = False
        db_table = "organisations_unit"


class User(Named):
    class Meta:
        managed = False
        db_table = "access_user"


class Assignment(models.Model):
    user = models.ForeignKey(User, models.DO_NOTHING)
    unit = models.ForeignKey(Unit, models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "access_role_assignment"


class Youth(models.Model):
    first_name = models.TextField()
    last_name = models.TextField()
    born = models.DateField()
    national_id = models.TextField()
    protection = models.TextField()
    unit = models.ForeignKey(Unit, models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "people_youth"


class Registration(models.Model):
    youth = models.ForeignKey(Youth, models.DO_NOTHING)
    unit = models.ForeignKey(Unit, models.DO_NOTHING)
    counsellor = models.ForeignKey(User, models.DO_NOTHING, null=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    status_code = models.TextField()
    status_since = models.DateField()
    status_confirm_by = models.DateField(null=True)
    unknown_since = models.DateField(null=True)
    last_contact_on = models.DateField(null=True)
    last_attempt_on = models.DateField(null=True)
    attempts = models.IntegerField()
    next_promise_on = models.DateField(null=True)
    reason = models.TextField()
    district_code = models.TextField()

    class Meta:
        managed = False
        db_table = "casework_registration"


class About(models.Model):
    youth = models.ForeignKey(Youth, models.DO_NOTHING, related_name="+")

    class Meta:
        abstract = True


class Responsibility(About):
    holder = models.ForeignKey(Unit, models.DO_NOTHING)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    rule = models.TextField()

    class Meta:
        managed = False
        db_table = "casework_responsibility"


class StatusEvent(About):
    code = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    superseded_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(User, models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "casework_status_event"


class Attempt(About):
    on = models.DateField()
    channel = models.TextField()
    result = models.TextField()
    registered_by = models.ForeignKey(User, models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "casework_contact_attempt"


class Note(About):
    text = models.TextField()
    written_on = models.DateField()
    written_by = models.ForeignKey(User, models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "casework_journal_note"


class Feedback(About):
    from_unit = models.ForeignKey(Unit, models.DO_NOTHING)
    category = models.TextField()
    on = models.DateField()

    class Meta:
        managed = False
        db_table = "casework_feedback"


class Contact(About):
    kind = models.TextField()
    value = models.TextField()

    class Meta:
        managed = False
        db_table = "people_contact_detail"


class Address(About):
    kind = models.TextField()
    street = models.TextField()
    postcode = models.TextField()
    city = models.TextField()

    class Meta:
        managed = False
        db_table = "people_address"


class Guardian(About):
    name = models.TextField()
    phone = models.TextField()

    class Meta:
        managed = False
        db_table = "people_guardian"


class Enrolment(About):
    school = models.ForeignKey(Unit, models.DO_NOTHING, null=True)
    level = models.TextField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "people_enrolment"
