from django.db import migrations

from scoring.freezing import RULE_GUARD


class Migration(migrations.Migration):
    """No path changes a published rule, not even a raw UPDATE."""

    dependencies = [("scoring", "0001_initial")]

    operations = [migrations.RunPython(RULE_GUARD.install, RULE_GUARD.remove)]
