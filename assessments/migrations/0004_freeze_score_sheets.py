from django.db import migrations

from assessments.freezing import SHEET_GUARD


class Migration(migrations.Migration):
    """No path changes what a person was told, not even a raw UPDATE."""

    dependencies = [("assessments", "0003_every_version_of_a_sheet")]

    operations = [migrations.RunPython(SHEET_GUARD.install, SHEET_GUARD.remove)]
