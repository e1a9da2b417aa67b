"""The published questionnaires that the demo world answers."""

from pathlib import Path

from django.core.management import call_command

from questionnaires.models import Version

# Two are asked in both periods, so that a second attempt can be compared with the first.
# Asked once before in one agency, so that its results have a wave to be compared with.
EARLIER_CODES = ("budaya-kerja",)
CLOSED_CODES = ("kontras-perilaku", "tiga-kepemimpinan", "jiwa-melayani", "budaya-kerja")
OPEN_CODES = ("tiga-kepemimpinan", "jiwa-melayani", "asn-masa-depan")
_CODES = tuple(dict.fromkeys((*CLOSED_CODES, *OPEN_CODES)))

_BANKS = Path(__file__).resolve().parents[2] / "fixtures" / "banks"


def published_versions() -> dict[str, Version]:
    """The published version of each questionnaire by code. What is missing is imported from the shipped bank files."""
    missing = [code for code in _CODES if code not in _published()]
    if missing:
        call_command("import_frameworks", verbosity=0)
        files = [_BANKS / f"{code}.yaml" for code in missing]
        call_command("import_bank", *files, publish=True, verbosity=0)
    return _published()


def _published():
    rows = Version.objects.filter(status=Version.Status.PUBLISHED, questionnaire__code__in=_CODES)
    return {version.questionnaire.code: version for version in rows.select_related("questionnaire")}
