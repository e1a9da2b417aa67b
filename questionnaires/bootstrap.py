"""What an installation needs before there are people: frameworks, and an account that publishes shipped banks."""

from django.db import transaction

from accounts.models import User
from audit.actions import record
from questionnaires.models import Competency, Framework

TECHNICAL_ACCOUNT_NAME = "Akun teknis Cermin ASN"


@transaction.atomic
def technical_account():
    """The account under whose name shipped banks are published. It has no NIP and no password and cannot sign in."""
    account = User.objects.filter(nip=None, name=TECHNICAL_ACCOUNT_NAME).order_by("pk").first()
    if account is None:
        account = User(nip=None, name=TECHNICAL_ACCOUNT_NAME, is_active=False)
        account.set_unusable_password()
        account.save()
        record(event="user.created", by=None, target=account, detail={"technical": True})
    return account


@transaction.atomic
def load_framework(*, data, by):
    """Writes one framework file; what is there already is brought up to date, nothing is removed.

    Returns:
        whether anything changed.
    """
    framework, changed = _write(Framework, {"code": data["code"]}, {**_names(data), "source": data["source"]})
    for entry in data["competencies"]:
        _row, has_changed = _write(
            Competency, {"code": entry["code"]}, {**_names(entry), "framework": framework}
        )
        changed = changed or has_changed
    if changed:
        record(event="framework.loaded", by=by, target=framework, detail={"code": framework.code})
    return changed


def _names(entry):
    return {"name_ind": entry["name"]["id"], "name_eng": entry["name"]["en"]}


def _write(model, key, fields):
    row = model.objects.filter(**key).first()
    if row is None:
        return model.objects.create(**key, **fields), True
    stale = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in stale.items():
        setattr(row, name, value)
    if stale:
        row.save(update_fields=[*stale])
    return row, bool(stale)
