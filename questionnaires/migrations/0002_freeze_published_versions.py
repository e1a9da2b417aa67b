from django.db import migrations

from questionnaires.freezing import FIRST_VERSION_GUARD


class Migration(migrations.Migration):
    """No path changes what was published, not even a raw UPDATE."""

    dependencies = [("questionnaires", "0001_initial")]

    operations = [migrations.RunPython(FIRST_VERSION_GUARD.install, FIRST_VERSION_GUARD.remove)]
