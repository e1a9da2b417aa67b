"""The one direction of the house: an app knows only those below it."""

import subprocess
import sys

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model

# From the top of the house to its ground.
LAYERS = (
    "demo",
    "monitoring",
    "privacy",
    "development",
    "reports",
    "assessments",
    "panels",
    "scoring",
    "questionnaires",
    "agencies",
    "background",
    "accounts",
    "audit",
)
HEIGHT = {app: len(LAYERS) - index for index, app in enumerate(LAYERS)}


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in HEIGHT]


def test_the_import_contracts_hold():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    result = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_no_foreign_key_points_upwards():
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in [*model._meta.get_fields(), *model._meta.many_to_many]
        if field.is_relation and not field.auto_created and field.related_model._meta.app_label in HEIGHT
        if HEIGHT[field.related_model._meta.app_label] > HEIGHT[model._meta.app_label]
    ]
    assert upwards == []


def test_the_direction_test_sees_foreign_keys_at_all():
    pointing = {
        field.related_model for model in our_models() for field in model._meta.fields if field.is_relation
    }
    assert get_user_model() in pointing


def test_every_model_says_what_one_row_is():
    undescribed = [
        m._meta.label for m in our_models() if not m.__doc__ or m.__doc__.startswith(f"{m.__name__}(")
    ]
    assert undescribed == []


def test_audit_events_have_no_foreign_keys():
    audit_event = apps.get_model("audit", "AuditEvent")
    assert [field.name for field in audit_event._meta.fields if field.is_relation] == []
