from django.db import migrations


class Migration(migrations.Migration):
    """Whether a row is answered is read from the messages; a second record of it could only come to differ."""

    dependencies = [("lists", "0004_row_access")]

    operations = [migrations.RemoveField(model_name="otukrow", name="feedback")]
