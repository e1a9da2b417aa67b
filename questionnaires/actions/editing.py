"""Edits of a draft.

Everything below a version is a *part*: response set, option, scale, feedback, section, item, pair.
"""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from audit.actions import record
from questionnaires import policies
from questionnaires.actions.versions import lock
from questionnaires.models import Item, ResponseSet, Scale, Section, Version


@transaction.atomic
def update_version(*, version, by, **changes):
    """Changes title, summary, introduction, minutes or sources of a draft."""
    current = begin_edit(version, by)
    _assign(current, changes)
    current.save(update_fields=[*changes])
    record(event="version.edited", by=by, target=current, detail={"fields": sorted(changes)})
    return current


def add_section(*, version, by, **fields):
    """Adds a page at the end."""
    return add_part(part=Section(version=version, **fields), by=by)


def add_item(*, section, by, competencies=(), **fields):
    """Adds an item at the end of a page."""
    item = Item(version_id=section.version_id, section=section, **fields)
    return add_part(part=item, by=by, competencies=competencies)


def update_section(*, section, by, **changes):
    """Changes title, instruction or code of a page."""
    return update_part(part=section, by=by, **changes)


def update_item(*, item, by, **changes):
    """Changes fields of an item; ``competencies`` replaces the whole set. Its place is changed by ``move_item``."""
    return update_part(part=item, by=by, **changes)


def remove_section(*, section, by):
    """Removes a page and its items."""
    return remove_part(part=section, by=by)


def remove_item(*, item, by):
    """Removes an item and the consistency pairs it stood in."""
    return remove_part(part=item, by=by)


@transaction.atomic
def add_part(*, part, by, competencies=()):
    """Saves a new part of a draft, behind those of its kind.

    Raises:
        ValidationError: a field is not valid, a code is taken.
        PolicyError: the version is not a draft, or the part points into another version.
    """
    current = begin_edit(version_of(part), by)
    _check_one_version(part, current)
    siblings = _siblings(part)
    if siblings is not None:
        part.position = _next_position(siblings)
    part.full_clean()
    part.save(force_insert=True)
    if competencies:
        part.competencies.set(competencies)
    record_part("added", part, current, by)
    return part


@transaction.atomic
def update_part(*, part, by, **changes):
    """Changes fields of a part of a draft; see :func:`add_part` for what is refused."""
    current = begin_edit(version_of(part), by)
    competencies = changes.pop("competencies", None)
    _assign(part, changes)
    _check_one_version(part, current)
    if changes:
        part.full_clean()
        part.save(update_fields=[*changes])
    if competencies is not None:
        part.competencies.set(competencies)
    fields = sorted([*changes, *(["competencies"] if competencies is not None else [])])
    record_part("edited", part, current, by, fields=fields)
    return part


@transaction.atomic
def remove_part(*, part, by):
    """Removes a part of a draft.

    Raises:
        PolicyError: items still use it.
    """
    current = begin_edit(version_of(part), by)
    record_part("removed", part, current, by)
    try:
        part.delete()
    except ProtectedError:
        raise policies.PolicyError(
            _("“%(part)s” masih dipakai oleh butir. Pindahkan butirnya lebih dahulu.") % {"part": part}
        ) from None


@transaction.atomic
def save_parts(*, version, by, added=(), changed=(), removed=()):
    """Saves the rows of one small table at once (options, tips, pairs), which nothing else refers to."""
    current = begin_edit(version, by)
    parts = [*added, *changed]
    for part in removed:
        part.delete()
    # Taken out and put in again, so that two rows may change places under a unique constraint.
    for part in changed:
        type(part).objects.filter(pk=part.pk).delete()
    for part in parts:
        _check_one_version(part, current)
        part.save(force_insert=True)
    tables = sorted({part._meta.model_name for part in [*parts, *removed]})
    detail = {"tables": tables, "added": len(added), "changed": len(changed), "removed": len(removed)}
    record(event="version.edited", by=by, target=current, detail=detail)


def version_of(part) -> Version:
    """The version that a part belongs to; a version belongs to itself."""
    if isinstance(part, Version):
        return part
    if hasattr(part, "version_id"):
        return part.version
    for owner in ("item", "response_set", "scale", "feedback_text"):
        if hasattr(part, f"{owner}_id"):
            return version_of(getattr(part, owner))
    raise TypeError(f"{part!r} is no part of a version")


def begin_edit(version, by):
    """Locks the version, refuses what cannot be edited, and notes who edits; the start of every edit of a draft."""
    current = lock(version)
    policies.check_edit(current)
    Version.objects.filter(pk=current.pk).update(last_edited_by=by)
    current.last_edited_by = by
    current.editors.add(by)
    return current


def _assign(row, changes):
    known = {field.name for field in row._meta.concrete_fields} - {"id", "version", "status"}
    if isinstance(row, Item | Section):
        known.discard("position")  # their neighbours have to make room: move_item, move_section
    for name, value in changes.items():
        if name not in known:
            raise TypeError(f"{name!r} is not an editable field of {row._meta.model_name}")
        setattr(row, name, value)


def _check_one_version(part, version):
    for name in ("section", "scale", "response_set", "parent", "first", "second"):
        if getattr(part, f"{name}_id", None) and version_of(getattr(part, name)).pk != version.pk:
            raise policies.PolicyError(_("Bagian yang dirujuk berasal dari versi lain."))


def _siblings(part):
    """The rows among which a part has its place; None for parts that are placed by hand or not at all."""
    if isinstance(part, Item):
        return part.section.items
    table = {Section: "sections", Scale: "scales", ResponseSet: "response_sets"}.get(type(part))
    return getattr(part.version, table) if table else None


def _next_position(rows):
    last = rows.order_by("-position").first()
    return last.position + 1 if last else 1


def record_part(verb, part, version, by, **detail):
    """The event of an edit: what was done to which part; its target is the version."""
    record(
        event=f"{part._meta.model_name}.{verb}",
        by=by,
        target=version,
        detail={"part": getattr(part, "code", part.pk), "number": version.number, **detail},
    )
