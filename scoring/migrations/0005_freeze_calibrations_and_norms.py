from django.db import migrations

from scoring.freezing import FIGURE_GUARDS


class Migration(migrations.Migration):
    """No path changes the figures that people's intervals and comparisons rest on, not even a raw UPDATE."""

    dependencies = [("scoring", "0004_samples_of_calibrations_and_norms")]

    operations = [migrations.RunPython(guard.install, guard.remove) for guard in FIGURE_GUARDS]
