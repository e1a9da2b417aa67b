"""Reading everything that is held about one person, from every room."""

from django.utils import timezone
from django.utils.translation import get_language

from privacy.own_data import answers, assessments, person, plan, rights, sharing, signing_in, trail
from privacy.own_data.values import Group, OwnData

TABLES = tuple(
    table
    for group in Group
    for room in (sharing, person, rights, assessments, answers, plan, signing_in, trail)
    for table in room.TABLES
    if table.group == group
)


def own_data(user, *, newest_events=None) -> OwnData:
    """Everything about the user, in the active language; the number of queries does not depend on how much there is.

    Args:
        newest_events: how many events of the trail are read at most; None for all.
    """
    language = get_language() or "id"
    rooms = [
        person.parts_of(user),
        rights.parts_of(user),
        assessments.parts_of(user),
        answers.parts_of(user, language=language),
        plan.parts_of(user),
        sharing.parts_of(user, language=language),
        signing_in.parts_of(user),
    ]
    records = [record for _parts, found in rooms for record in found]
    parts = [part for found, _records in rooms for part in found]
    parts += trail.parts_of(user, records, newest=newest_events)
    by_code = {part.table.code: part for part in parts}
    return OwnData(
        name=user.get_full_name(),
        made_at=timezone.now(),
        language=language,
        parts=tuple(by_code[table.code] for table in TABLES),
    )
