"""*Data saya* is complete: a later model or column with personal data cannot be forgotten."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from privacy.own_data.inventory import EXCEPTED, EXCEPTED_CONTENT, HELD

HINT = "Show it in privacy/own_data, or say in privacy/own_data/inventory.py why not."
NAMES_A_PERSON = re.compile(r"(^|_)(nip|email)(_|$)")


def columns_of(model):
    """Every column and every list of other rows that the model itself declares."""
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def goes_with(column):
    """The model with whose rows these rows go, if it is that kind of column."""
    remote = getattr(column, "remote_field", None)
    return (
        column.related_model
        if remote is not None and getattr(remote, "on_delete", None) is models.CASCADE
        else None
    )


def personal_columns():
    """``Model.column`` of everything that leads to a person, directly or by way of a row that is held."""
    user = get_user_model()
    held = {apps.get_model(label) for label in HELD}
    for model in apps.get_models():
        for column in columns_of(model):
            is_person = column.related_model is user
            hangs_on_one = goes_with(column) in held
            if is_person or hangs_on_one or NAMES_A_PERSON.search(column.name):
                yield model, column


def test_every_model_that_leads_to_a_person_is_shown_or_excepted_with_a_reason():
    forgotten = [
        f"{model._meta.label}.{column.name}"
        for model, column in personal_columns()
        if model._meta.label not in HELD and f"{model._meta.label}.{column.name}" not in EXCEPTED
    ]
    assert forgotten == [], HINT


def test_the_walk_finds_relations_children_and_numbers():
    found = {f"{model._meta.label}.{column.name}" for model, column in personal_columns()}
    assert {
        "assessments.Attempt.person",
        "assessments.ScoreSheet.attempt",
        "panels.PanelInvitation.email",
    } <= found
    assert len(found) > 30


@pytest.mark.parametrize("label", sorted(HELD))
def test_every_column_of_what_is_held_is_shown_or_left_out_with_a_reason(label):
    there = {column.name for column in columns_of(apps.get_model(label))}
    held = HELD[label]
    said = held.shown | held.left_out.keys()
    assert there - said == set(), HINT
    assert said - there == set(), "These columns are gone."
    assert held.shown.isdisjoint(held.left_out)


def test_every_exception_has_a_reason_and_still_exists():
    for name, reason in EXCEPTED.items():
        label, column = name.rsplit(".", 1)
        assert column in {each.name for each in columns_of(apps.get_model(label))}, name
        assert len(reason) > 10, name
    for label, reason in EXCEPTED_CONTENT.items():
        assert apps.get_model(label) and len(reason) > 10, label
    for label, held in HELD.items():
        assert all(len(reason) > 10 for reason in held.left_out.values()), label
