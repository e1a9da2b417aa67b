import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies import tree

numbers = st.lists(st.integers(1, 9999), min_size=1, max_size=8)


def path_of(chain):
    path = ""
    for number in chain:
        path = tree.child_path(path, number)
    return path


def test_a_path_is_the_chain_of_numbers():
    assert tree.child_path(tree.child_path("", 1), 3) == "0001/0003/"


@pytest.mark.parametrize("number", [0, 10_000, -1])
def test_a_number_that_does_not_fit_is_refused(number):
    with pytest.raises(ValueError, match="9999"):
        tree.child_path("0001/", number)


def test_a_path_that_would_be_longer_than_its_column_is_refused():
    deepest = path_of([1] * tree.MOST_LEVELS)
    assert len(deepest) == tree.LONGEST_PATH == 80
    with pytest.raises(ValueError, match="16 levels"):
        tree.child_path(deepest, 1)


@given(numbers)
def test_depth_counts_the_steps(chain):
    assert tree.depth(path_of(chain)) == len(chain)


@given(numbers)
def test_the_parent_is_the_path_one_step_up(chain):
    assert tree.parent_path(path_of(chain)) == path_of(chain[:-1])


@given(numbers)
def test_ancestors_run_from_the_root_to_the_path_itself(chain):
    assert tree.ancestor_paths(path_of(chain)) == [
        path_of(chain[:count]) for count in range(1, len(chain) + 1)
    ]


@given(numbers, numbers)
def test_a_path_lies_within_another_only_if_its_chain_starts_with_the_others(chain, other):
    assert tree.is_within(path_of(chain), path_of(other)) == (chain[: len(other)] == other)
