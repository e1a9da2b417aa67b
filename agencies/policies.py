"""Whether the state of things allows an action; the message is the sentence that the user reads."""

import re

from django.utils.translation import gettext as _

from accounts.second_factor import has_second_factor
from agencies import tree
from agencies.authorization import Permission, grants_of, scope_of
from agencies.models import AGENCY_ROLES, GENERAL_ROLES, Role
from agencies.selectors import current_placement

# A NIP within a sentence, however it is grouped; none may stand in the trail.
NIP_IN_TEXT = re.compile(r"(?:\d[ .\-]?){18}")


class PolicyError(ValueError):
    """What was asked cannot be done in the present state of things."""


def check_branch_fits(parent, *, levels=1):
    """Raises PolicyError unless a branch of so many levels may hang under the parent as its next child."""
    if parent.children_made >= tree.MOST_CHILDREN:
        raise PolicyError(
            _("Di bawah satu unit kerja dapat dibuat paling banyak %(most)d unit.")
            % {"most": tree.MOST_CHILDREN}
        )
    if parent.depth + levels > tree.MOST_LEVELS:
        raise PolicyError(_("Susunan unit kerja paling dalam %(most)d tingkat.") % {"most": tree.MOST_LEVELS})


def check_unit_can_move(unit, new_parent, *, levels=1):
    """Raises PolicyError unless the unit, with the ``levels`` it spans, may hang under the new parent."""
    if unit.parent_id is None:
        raise PolicyError(_("Unit teratas instansi tidak dapat dipindahkan."))
    if unit.agency_id != new_parent.agency_id:
        raise PolicyError(_("Unit hanya dapat dipindahkan di dalam instansinya sendiri."))
    if tree.is_within(new_parent.path, unit.path):
        raise PolicyError(_("Unit tidak dapat dipindahkan ke bawah dirinya sendiri."))
    check_branch_fits(new_parent, levels=levels)


def check_new_place_follows(current, valid_from):
    """Raises PolicyError if a place of work would start before the current one, which it ends."""
    if current is not None and current.valid_from > valid_from:
        raise PolicyError(_("Tanggal mulai penempatan baru mendahului penempatan yang sedang berjalan."))


def check_grant(role, agency, unit):
    """Raises PolicyError unless the role can be given with this reach: everywhere, an agency or a unit of it."""
    if role not in Role.values:
        raise PolicyError(_("Peran itu tidak dikenal."))
    if unit is not None and agency is not None and unit.agency_id != agency.pk:
        raise PolicyError(_("Unit kerja itu bukan milik instansi yang dipilih."))
    is_everywhere = agency is None and unit is None
    if role in AGENCY_ROLES and is_everywhere:
        raise PolicyError(_("Peran ini diberikan untuk satu instansi. Pilih instansinya."))
    if role in GENERAL_ROLES and not is_everywhere:
        raise PolicyError(_("Peran ini berlaku di semua instansi. Kosongkan instansi dan unit kerjanya."))


def check_factor_reset(by, person):
    """Raises PolicyError unless ``by`` may reset the second factor of the person; None stands for an unknown number."""
    scope = scope_of(by, Permission.MANAGE_PEOPLE)
    if person is None or not _works_within(scope, person):
        raise PolicyError(_("Tidak ada pegawai dengan NIP itu dalam jangkauan Anda. Tidak ada yang diubah."))
    if person.pk == by.pk:
        raise PolicyError(_("Faktor kedua Anda sendiri diatur ulang oleh administrator lain."))
    if person.is_superuser or not all(_lies_within(scope, grant) for grant in grants_of(person)):
        raise PolicyError(
            _(
                "Pegawai ini memegang peran di luar jangkauan Anda. Mintalah operator sistem mengatur ulang "
                "faktor keduanya."
            )
        )
    if not has_second_factor(person):
        raise PolicyError(_("Pegawai ini tidak mempunyai faktor kedua. Tidak ada yang perlu diatur ulang."))


def _works_within(scope, person):
    placement = current_placement(person)
    if placement is not None:
        return scope.covers(placement.unit.agency_id, placement.unit.path)
    grants = grants_of(person)
    return bool(grants) and all(_lies_within(scope, grant) for grant in grants)


def _lies_within(scope, grant):
    role, agency_id, path = grant
    return role == Role.RESPONDENT or (agency_id is not None and scope.covers(agency_id, path))


def check_reason(reason):
    """Raises PolicyError unless a reason was given that may stand in the trail."""
    if not reason.strip():
        raise PolicyError(_("Tulislah alasannya; alasan tercatat dalam jejak audit."))
    if NIP_IN_TEXT.search(reason):
        raise PolicyError(_("Jangan menulis NIP di alasan; orangnya sudah tercatat."))
