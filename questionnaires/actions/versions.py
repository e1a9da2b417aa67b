"""The life of a version: draft, in review, published, retired."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from questionnaires import policies
from questionnaires.document import build_document, content_hash, load_document
from questionnaires.models import Questionnaire, Version
from questionnaires.rows import head_fields, write_rows
from questionnaires.validation import find_document_problems

Status = Version.Status

EMPTY_HEAD = {
    f"{name}_{language}": "" for name in ("title", "summary", "introduction") for language in ("ind", "eng")
} | {"minutes": 10}


@transaction.atomic
def create_questionnaire(*, code, by):
    """Makes a questionnaire without any version.

    Raises:
        PolicyError: the code is taken.
    """
    if Questionnaire.objects.filter(code=code).exists():
        raise policies.PolicyError(_("Kuesioner dengan kode “%(code)s” sudah ada.") % {"code": code})
    questionnaire = Questionnaire.objects.create(code=code)
    record(event="questionnaire.created", by=by, target=questionnaire, detail={"code": code})
    return questionnaire


@transaction.atomic
def start_draft(*, questionnaire, by, copy_from=None):
    """Opens the next version: a copy of another version of the questionnaire, or an empty one.

    Raises:
        PolicyError: a draft is open already, or the other version belongs to another questionnaire.
    """
    if copy_from is None:
        version = open_version(questionnaire=questionnaire, by=by, **EMPTY_HEAD)
    else:
        if copy_from.questionnaire_id != questionnaire.pk:
            raise policies.PolicyError(_("Versi yang disalin harus dari kuesioner yang sama."))
        document = copy_from.document or build_document(copy_from)
        version = open_version(
            questionnaire=questionnaire, by=by, derived_from=copy_from, **head_fields(document)
        )
        write_rows(version, document)
    detail = {"number": version.number, "copied_from": copy_from.number if copy_from else None}
    record(event="version.drafted", by=by, target=version, detail=detail)
    return version


def open_version(*, questionnaire, by, **fields):
    """The bare row of the next version; part of an action that fills it and records the event."""
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    policies.check_start_draft(questionnaire)
    highest = questionnaire.versions.aggregate(highest=Max("number"))["highest"] or 0
    try:
        with transaction.atomic():
            version = Version.objects.create(
                questionnaire=questionnaire,
                number=highest + 1,
                created_at=timezone.now(),
                last_edited_by=by,
                **fields,
            )
            version.editors.add(by)
            return version
    except IntegrityError:
        # Somebody else opened a draft between the check and the insert.
        policies.check_start_draft(questionnaire)
        raise


def lock(version):
    """The version as it is now, held until the transaction ends: edits and publication wait for each other."""
    return Version.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=version.pk)


@transaction.atomic
def submit_for_review(*, version, by):
    """The editor is done; the content stands still from here.

    Raises:
        PolicyError: it is not a draft; ``HasProblems`` where something still blocks publication.
    """
    current = lock(version)
    policies.check_submit(current)
    policies.check_problems(find_document_problems(build_document(current)))
    _advance(current, to=Status.IN_REVIEW)
    record(event="version.submitted", by=by, target=current, detail={"number": current.number})
    return current


@transaction.atomic
def return_to_draft(*, version, by):
    """Gives a version in review back to the editors."""
    current = lock(version)
    policies.check_return(current)
    _advance(current, to=Status.DRAFT)
    record(event="version.returned", by=by, target=current, detail={"number": current.number})
    return current


@transaction.atomic
def publish_version(*, version, change_note, by, bootstrap=False):
    """Freezes document and hash and takes the place of the version published before.

    Args:
        bootstrap: only for the shipped banks at installation, published by the technical account: a draft is
            published without review and without a second person. The trail says so.

    Raises:
        PolicyError: the state, the four-eyes rule, a missing change note, or nothing new; ``HasProblems`` for
            the content.
    """
    current = lock(version)
    policies.check_publish(current, by=by, bootstrap=bootstrap)
    if not change_note.strip():
        raise policies.PolicyError(_("Isilah catatan perubahan: apa yang baru pada versi ini dan mengapa."))
    document = build_document(current)
    policies.check_problems(find_document_problems(document))
    digest = content_hash(document)
    now = timezone.now()
    replaced = current.questionnaire.versions.filter(status=Status.PUBLISHED).first()
    if replaced:
        _check_is_new(digest, replaced)
        _advance(replaced, to=Status.RETIRED)
    _advance(
        current,
        to=Status.PUBLISHED,
        document=document,
        content_hash=digest,
        published_at=now,
        published_by=by,
        change_note=change_note.strip(),
    )
    # A transaction that was rolled back may have left a document under this id.
    load_document.cache_clear()
    detail = {"number": current.number, "hash": digest, "replaces": replaced.number if replaced else None}
    record(event="version.published", by=by, target=current, detail=detail | {"bootstrap": bootstrap})
    return current


@transaction.atomic
def retire_version(*, version, by):
    """Takes a published version out of use. Reports of its answers stay as they are."""
    current = lock(version)
    policies.check_retire(current)
    _advance(current, to=Status.RETIRED)
    record(event="version.retired", by=by, target=current, detail={"number": current.number})
    return current


@transaction.atomic
def discard_draft(*, version, by):
    """Throws a version away that was never published."""
    current = lock(version)
    policies.check_delete(current)
    detail = {"questionnaire": current.questionnaire.code, "number": current.number}
    record(event="version.discarded", by=by, target=current, detail=detail)
    # Items protect the scales and response sets they use, so they go first.
    current.items.all().delete()
    current.delete()


def _check_is_new(digest, published):
    if digest == published.content_hash:
        raise policies.PolicyError(
            _(
                "Isinya sama persis dengan versi %(number)d yang sedang terbit; tidak ada yang perlu diterbitkan."
            )
            % {"number": published.number}
        )


def _advance(version, *, to, **fields):
    """Changes the status only from the one that was checked, so that of two at once one wins."""
    moved = Version.objects.filter(pk=version.pk, status=version.status).update(status=to, **fields)
    if not moved:
        raise policies.PolicyError(_("Status versi ini baru saja diubah orang lain. Muat ulang halaman."))
    for name, value in {"status": to, **fields}.items():
        setattr(version, name, value)
