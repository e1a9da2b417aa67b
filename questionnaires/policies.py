"""What the state of a version allows. ``check_x`` raises with the sentence the user reads; ``can_x`` asks it.

Whether the *person* may is another question and is answered by :mod:`agencies.authorization`.
"""

from django.utils.translation import gettext as _

from questionnaires.models import Version
from questionnaires.problems import blocking


class PolicyError(ValueError):
    """The state does not allow it; the message is the sentence the user reads."""


class HasProblems(PolicyError):
    """The content is not fit to be published; carries the problems."""

    def __init__(self, message, problems):
        super().__init__(message)
        self.problems = tuple(problems)


def check_start_draft(questionnaire):
    open_version = questionnaire.versions.filter(status__in=Version.OPEN).first()
    if open_version:
        raise PolicyError(
            _(
                "Kuesioner ini sudah mempunyai draf (versi %(number)d). Selesaikan atau hapus draf itu lebih dahulu."
            )
            % {"number": open_version.number}
        )


def check_edit(version):
    if version.status == Version.Status.IN_REVIEW:
        raise PolicyError(_("Versi ini sedang ditelaah. Kembalikan ke draf untuk menyuntingnya."))
    if version.status in Version.FROZEN:
        raise PolicyError(
            _(
                "Versi yang sudah terbit tidak dapat diubah lagi. Mulai draf baru dari versi ini untuk memperbaikinya."
            )
        )


def check_submit(version):
    if version.status != Version.Status.DRAFT:
        raise PolicyError(_("Hanya draf yang dapat diajukan untuk ditelaah."))


def check_return(version):
    if version.status != Version.Status.IN_REVIEW:
        raise PolicyError(_("Hanya versi dalam telaah yang dapat dikembalikan ke draf."))


def check_publish(version, *, by, bootstrap=False):
    """``bootstrap`` is for the shipped banks at installation: no review, no second person."""
    if version.status in Version.FROZEN:
        raise PolicyError(_("Versi ini sudah pernah diterbitkan."))
    if bootstrap:
        return
    if version.status != Version.Status.IN_REVIEW:
        raise PolicyError(_("Ajukan draf ini untuk ditelaah sebelum diterbitkan."))
    if version.editors.filter(pk=by.pk).exists():
        raise PolicyError(
            _(
                "Anda ikut menyunting versi ini. Mintalah orang lain menerbitkannya, agar isinya dibaca dua orang."
            )
        )


def check_retire(version):
    if version.status != Version.Status.PUBLISHED:
        raise PolicyError(_("Hanya versi terbit yang dapat ditarik."))


def check_delete(version):
    if version.status in Version.FROZEN:
        raise PolicyError(_("Versi yang pernah terbit tidak dapat dihapus: jawaban orang merujuk kepadanya."))


def check_problems(problems):
    """Refuses as long as a problem blocks."""
    stopping = blocking(problems)
    if stopping:
        raise HasProblems(
            _("Masih ada %(count)d masalah yang harus dibereskan. Yang pertama: %(first)s")
            % {"count": len(stopping), "first": stopping[0]},
            stopping,
        )


def can_start_draft(questionnaire) -> bool:
    return _allows(check_start_draft, questionnaire)


def can_edit(version) -> bool:
    return _allows(check_edit, version)


def can_submit(version) -> bool:
    return _allows(check_submit, version)


def can_return(version) -> bool:
    return _allows(check_return, version)


def can_retire(version) -> bool:
    return _allows(check_retire, version)


def _allows(check, *arguments, **named):
    try:
        check(*arguments, **named)
    except PolicyError:
        return False
    return True
