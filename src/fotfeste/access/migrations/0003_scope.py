from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Functions that enter and leave an actor's scope, and the policies on the grants themselves."""

    dependencies = [("access", "0002_initial")]

    operations = [
        migrations.RunSQL((FOLDER / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("scope.sql", "granted.sql")
    ]
