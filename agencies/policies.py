"""Whether the state of things allows an action; the message is the sentence that the user reads."""

from agencies import tree


class PolicyError(ValueError):
    """What was asked cannot be done in the present state of things."""


def check_unit_can_move(unit, new_parent):
    """Raises PolicyError unless the unit may hang under the new parent."""
    if unit.parent_id is None:
        raise PolicyError("Unit teratas instansi tidak dapat dipindahkan.")
    if unit.agency_id != new_parent.agency_id:
        raise PolicyError("Unit hanya dapat dipindahkan di dalam instansinya sendiri.")
    if tree.is_within(new_parent.path, unit.path):
        raise PolicyError("Unit tidak dapat dipindahkan ke bawah dirinya sendiri.")


def can_unit_move(unit, new_parent) -> bool:
    try:
        check_unit_can_move(unit, new_parent)
    except PolicyError:
        return False
    return True
