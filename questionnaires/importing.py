"""What the import of a bank file would do, looked at before anything is written: for dry runs and for the action."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from questionnaires import policies
from questionnaires.changes import Changes, present
from questionnaires.document import build_document, content_hash
from questionnaires.models import Version


@dataclass(frozen=True)
class ImportPlan:
    """What is there and what would change.

    ``newest``: the newest version of the questionnaire, None where there is none; ``base`` names it and its content,
    so that a later step can tell whether it is still the newest. ``same``: the version that holds the content
    already. ``refusal``: why nothing can be imported now, else empty. ``changes``: from the newest version to the file.
    """

    newest: Version | None
    base: str
    same: Version | None
    refusal: str
    changes: Changes | None


def plan_import(document) -> ImportPlan:
    """What importing a checked document would do; writes nothing."""
    code = document["questionnaire"]["code"]
    newest = newest_version(code)
    same = version_with_content(code, document)
    refusal = ""
    if same is None:
        try:
            check_no_open_draft(newest)
        except policies.PolicyError as error:
            refusal = str(error)
    return ImportPlan(
        newest=newest,
        base=base_of(newest),
        same=same,
        refusal=refusal,
        changes=present(_document(newest), document) if newest else None,
    )


def newest_version(code) -> Version | None:
    """The newest version of a questionnaire, draft or not."""
    versions = Version.objects.filter(questionnaire__code=code).select_related("questionnaire")
    return versions.order_by("-number").first()


def base_of(version) -> str:
    """A version and its content in a few characters; empty where there is none."""
    return f"{version.pk}:{version.content_hash or content_hash(build_document(version))}" if version else ""


def version_with_content(code, document) -> Version | None:
    """The version that holds exactly this content: published, retired or the open draft."""
    digest = content_hash(document)
    versions = Version.objects.filter(questionnaire__code=code).select_related("questionnaire")
    frozen = versions.filter(content_hash=digest).order_by("-number").first()
    if frozen:
        return frozen
    draft = versions.filter(status__in=Version.OPEN).first()
    return draft if draft and content_hash(build_document(draft)) == digest else None


def check_no_open_draft(newest):
    """Refuses beside an open draft, which is always the newest version."""
    if newest and newest.status in Version.OPEN:
        raise policies.PolicyError(
            _(
                "Kuesioner “%(code)s” sudah mempunyai draf (versi %(number)d) dengan isi yang lain. "
                "Terbitkan atau hapus draf itu sebelum mengimpor."
            )
            % {"code": newest.questionnaire.code, "number": newest.number}
        )


def check_base(newest, base):
    """Refuses when the newest version is no longer the one that the person saw the differences to."""
    if base_of(newest) != base:
        raise policies.PolicyError(
            _(
                "Versi terbaru kuesioner ini berubah setelah perbedaannya ditampilkan. Belum ada yang diimpor; "
                "periksa perbedaannya sekali lagi."
            )
        )


def _document(version):
    return version.document or build_document(version)
