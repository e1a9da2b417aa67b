"""The paths of a tree: never given twice, never too deep, and whole when two people change the tree at once."""

import threading
import time

import pytest
from django.db import connection, connections

from agencies import actions, tree
from agencies.models import Unit
from agencies.policies import PolicyError
from tests.factories.agencies import AgencyFactory, add_unit, root_of

pytestmark = pytest.mark.django_db


def move(unit, new_parent):
    return actions.move_unit(unit=unit, new_parent=new_parent, by=None)


def test_no_path_is_given_twice_however_units_move():
    root = root_of(AgencyFactory())
    first, last = add_unit(root, "a"), add_unit(root, "b")
    used = [first.path, last.path]
    used.append(move(last, first).path)
    used.append(add_unit(root, "c").path)  # not the path that b left
    used.append(move(last, root).path)
    used.append(add_unit(first, "d").path)  # nor the one it left afterwards
    used.append(move(last, root).path)  # to the end of the same parent
    assert used == [
        "0001/0001/",
        "0001/0002/",
        "0001/0001/0001/",
        "0001/0003/",
        "0001/0004/",
        "0001/0001/0002/",
        "0001/0005/",
    ]


def chain_below(parent, prefix, length):
    for number in range(length):
        parent = add_unit(parent, f"{prefix}-{number}")
    return parent


def test_the_deepest_tree_fits_into_a_path():
    deepest = chain_below(root_of(AgencyFactory()), "t", tree.MOST_LEVELS - 1)
    assert len(deepest.path) == Unit._meta.get_field("path").max_length == 80
    with pytest.raises(PolicyError, match="paling dalam 16 tingkat"):
        add_unit(deepest, "terlalu-dalam")


def test_a_branch_that_would_become_too_deep_stays_where_it_is():
    root = root_of(AgencyFactory())
    deep = chain_below(root, "dalam", tree.MOST_LEVELS - 2)
    branch = add_unit(root, "cabang")
    add_unit(branch, "ranting")
    with pytest.raises(PolicyError, match="paling dalam 16 tingkat"):
        move(branch, deep)
    branch.refresh_from_db()
    assert branch.path == "0001/0002/"
    leaf = add_unit(root, "daun")
    assert move(leaf, deep).depth == tree.MOST_LEVELS


def test_after_the_last_number_a_unit_gets_no_more_children():
    root = root_of(AgencyFactory())
    unit = add_unit(add_unit(root, "dinas"), "bidang")
    Unit.objects.filter(pk=root.pk).update(children_made=tree.MOST_CHILDREN)
    for refused in (lambda: add_unit(root, "x"), lambda: move(unit, root)):
        with pytest.raises(PolicyError, match="paling banyak 9999 unit"):
            refused()


def wait_until_somebody_waits_for_a_lock(seconds=10):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


@pytest.mark.postgres_only  # the suite's SQLite lives in memory, where a second connection cannot write
@pytest.mark.django_db(transaction=True)
def test_a_unit_added_while_its_parent_is_about_to_move_moves_along(monkeypatch):
    root = root_of(AgencyFactory())
    parent, new_parent = add_unit(root, "lama"), add_unit(root, "baru")
    holds_the_tree, may_go_on = threading.Event(), threading.Event()
    child_path, failures = tree.child_path, []

    def slow_child_path(*args):
        if threading.current_thread().name == "adding":
            holds_the_tree.set()
            may_go_on.wait(20)
        return child_path(*args)

    monkeypatch.setattr(tree, "child_path", slow_child_path)

    def run(action):
        try:
            action()
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    adding = threading.Thread(target=run, args=[lambda: add_unit(parent, "anak")], name="adding")
    moving = threading.Thread(target=run, args=[lambda: move(parent, new_parent)], name="moving")
    adding.start()
    assert holds_the_tree.wait(20)
    moving.start()
    try:
        wait_until_somebody_waits_for_a_lock()
    finally:
        may_go_on.set()
        adding.join()
        moving.join()
    assert failures == []
    assert Unit.objects.get(pk=parent.pk).path == "0001/0002/0001/"
    assert Unit.objects.get(code="anak").path == "0001/0002/0001/0001/"
