"""Whether the state of things allows an action; the message is the sentence that the user reads."""

from django.utils.translation import gettext as _

from agencies import tree
from agencies.models import AGENCY_ROLES, GENERAL_ROLES, Role


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
