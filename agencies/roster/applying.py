"""Writing what a roster says: thousands of rows a statement, every person and unit in the trail."""

from collections import defaultdict

from django.utils import timezone

from accounts.models import User
from agencies import tree
from agencies.importers.units import UnitPlan
from agencies.models import Agency, Placement, Role, RoleGrant, Unit
from audit.actions import record_each

BATCH = 2_000  # rows a statement


def hold_agency(agency_id):
    """Lets no other roster, and no change of the tree, happen in the agency until the transaction ends."""
    return Agency.objects.order_by().select_for_update(no_key=True).get(pk=agency_id)


def write_people(changes, *, agency, by, today):
    """Writes one chunk of changes."""
    born = [change for change in changes if change.known is None]
    people = User.objects.bulk_create([_account(change) for change in born], batch_size=BATCH)
    record_each(event="user.created", by=by, targets=people, agency_id=agency.pk)
    ids = {change.row.nip: person.pk for change, person in zip(born, people, strict=True)}
    _rewrite_accounts([change for change in changes if change.known and change.account], agency, by)
    placed = [change for change in changes if change.place]
    _end_places(placed)
    places = Placement.objects.bulk_create(
        [_placement(change, ids.get(change.row.nip) or change.known.id) for change in placed],
        batch_size=BATCH,
    )
    record_each(event="person.placed", by=by, targets=places, agency_id=agency.pk)
    arrived = [change for change in placed if change.kind == "new"]
    _let_answer([ids.get(change.row.nip) or change.known.id for change in arrived], agency, by)


def end_places(person_ids, *, agency, by, today):
    """Ends the present places of people who have left, and with them the right to answer for the agency."""
    ids = sorted(person_ids)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        places = list(
            Placement.objects.filter(person_id__in=some, valid_to__isnull=True, unit__agency=agency).only(
                "pk", "valid_from"
            )
        )
        for place in places:
            place.valid_to = max(today, place.valid_from)
        Placement.objects.bulk_update(places, ["valid_to"])
        record_each(event="person.left", by=by, targets=places, agency_id=agency.pk)
        grants = RoleGrant.objects.filter(user_id__in=some, role=Role.RESPONDENT, agency=agency)
        record_each(
            event="role.revoked",
            by=by,
            targets=list(grants),
            agency_id=agency.pk,
            detail={"role": str(Role.RESPONDENT)},
        )
        grants.delete()


def write_units(plan: UnitPlan, *, agency, by):
    """Writes new, moved and renamed units; paths below a moved one follow it."""
    units = {unit.code: unit for unit in Unit.objects.filter(agency=agency)}
    known = set(units)
    new = [change for change in plan.changes if change.kind == "new"]
    by_depth = defaultdict(list)
    for change in new:
        by_depth[tree.depth(change.path)].append(change)
    root = next(unit for unit in units.values() if unit.parent_id is None)
    for change in plan.changes:
        if change.kind != "new":
            units[change.row.code].name = change.row.name
    # Level by level: a unit's row names its parent's, which must be there first.
    for depth in sorted(by_depth):
        rows = [_unit(change, agency, units, root, plan) for change in by_depth[depth]]
        for unit in Unit.objects.bulk_create(rows, batch_size=BATCH):
            units[unit.code] = unit
    for change in plan.changes:
        if change.kind == "moved":
            units[change.row.code].parent = units[change.row.parent] if change.row.parent else root
    for code in known:
        unit = units[code]
        unit.path = plan.paths.get(code, unit.path)
        unit.depth = tree.depth(unit.path)
        unit.children_made = plan.children_made.get(code, unit.children_made)
    touched = known & (
        {change.row.code for change in plan.changes} | set(plan.paths) | set(plan.children_made)
    )
    Unit.objects.bulk_update(
        [units[code] for code in sorted(touched)],
        ["name", "path", "depth", "parent", "children_made"],
        batch_size=500,
    )
    for kind, event in (("new", "unit.added"), ("moved", "unit.moved"), ("renamed", "unit.renamed")):
        changes = [change for change in plan.changes if change.kind == kind]
        if kind != "moved":
            record_each(event=event, by=by, targets=[units[c.row.code] for c in changes], agency_id=agency.pk)
            continue
        for change in changes:
            detail = {"from": change.path_before, "to": change.path}
            record_each(
                event=event, by=by, targets=[units[change.row.code]], agency_id=agency.pk, detail=detail
            )


def _unit(change, agency, units, root, plan):
    return Unit(
        agency=agency,
        parent=units[change.row.parent] if change.row.parent else root,
        code=change.row.code,
        name=change.row.name,
        path=change.path,
        depth=tree.depth(change.path),
        children_made=plan.children_made.get(change.row.code, 0),
    )


def _account(change):
    person = User(nip=change.row.nip, **change.account)
    person.set_unusable_password()
    return person


def _rewrite_accounts(changes, agency, by):
    if not changes:
        return
    people = {
        person.pk: person for person in User.objects.filter(pk__in=[change.known.id for change in changes])
    }
    for change in changes:
        for key, value in change.account.items():
            setattr(people[change.known.id], key, value)
    User.objects.bulk_update(
        people.values(), ["name", "title_before", "title_after", "email"], batch_size=500
    )
    record_each(event="user.changed", by=by, targets=people.values(), agency_id=agency.pk)


def _end_places(changes):
    """A place ends on the day the next one begins."""
    by_day = defaultdict(list)
    for change in changes:
        if change.known and change.known.place:
            by_day[change.place.valid_from].append(change.known.place.id)
    for day, ids in by_day.items():
        Placement.objects.filter(pk__in=ids).update(valid_to=day)


def _placement(change, person_id):
    place = change.place
    return Placement(
        person_id=person_id,
        unit_id=place.unit_id,
        job_category=place.job_category,
        job_level=place.job_level,
        employment_kind=place.employment_kind,
        supervises_others=place.supervises_others,
        valid_from=place.valid_from,
    )


def _let_answer(person_ids, agency, by):
    """Whoever works for an agency may answer (as :func:`agencies.actions.place_person` grants it one by one)."""
    given = {"role": Role.RESPONDENT, "agency": agency}
    have = set(
        RoleGrant.objects.filter(user_id__in=person_ids, unit__isnull=True, **given).values_list(
            "user_id", flat=True
        )
    )
    now = timezone.now()
    grants = RoleGrant.objects.bulk_create(
        [
            RoleGrant(user_id=pk, granted_by=by, granted_at=now, **given)
            for pk in person_ids
            if pk not in have
        ],
        batch_size=BATCH,
    )
    detail = {"role": str(Role.RESPONDENT)}
    record_each(event="role.granted", by=by, targets=grants, agency_id=agency.pk, detail=detail)
