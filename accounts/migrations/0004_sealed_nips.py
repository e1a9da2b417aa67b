from django.db import migrations, models
from django.db.models import CharField, Value

import accounts.sealed_nip_field


def open_again(apps, schema_editor):
    """Back to numbers that can be read; otherwise the column would be too narrow for what stands in it."""
    users = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    for pk, number in users.exclude(nip=None).values_list("pk", "nip").iterator():
        users.filter(pk=pk).update(nip=Value(number, output_field=CharField()))


class Migration(migrations.Migration):
    """Room for sealed numbers beside plain ones.

    Servers of the release before go on writing and reading plain numbers until they are restarted, so nothing is
    sealed here: new code seals what it writes, and `manage.py seal_nips` what was there before.
    """

    dependencies = [
        ("accounts", "0003_consents_and_restrictions"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="user", name="user_nip_is_18_digits"),
        migrations.AlterField(
            model_name="user",
            name="nip",
            field=accounts.sealed_nip_field.SealedNipField(
                blank=True, null=True, unique=True, verbose_name="NIP"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nip__isnull", True),
                    ("nip__stored", r"^[0-9]{18}$|^[0-9a-f]{8}\.[A-Za-z0-9_-]{46}$"),
                    _connector="OR",
                ),
                name="user_nip_is_sealed",
                violation_error_message="NIP terdiri atas 18 angka.",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, open_again),
    ]
