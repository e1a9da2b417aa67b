"""Two tabs and one text: nothing that somebody wrote is overwritten unseen."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.open_texts import TextPage, mark, merge, normalised

TEXTS = st.sampled_from(["", "satu", "dua", "dua\r\nbaris", "dua\nbaris", " satu "])


@given(TEXTS, TEXTS)
def test_a_page_alone_is_written_as_it_was_left(before, mine):
    patch, conflicts = merge(TextPage({"E4": mine}, {"E4": mark(before)}), {"E4": normalised(before)})
    assert conflicts == ()
    assert patch.get("E4", normalised(before)) == normalised(mine)


@given(TEXTS, TEXTS, TEXTS)
def test_of_two_tabs_the_second_overwrites_only_what_it_has_seen(before, first, second):
    patch, conflicts = merge(TextPage({"E4": second}, {"E4": mark(before)}), {"E4": normalised(first)})
    if mark(second) in (mark(before), mark(first)):
        assert (patch, conflicts) == ({}, ())
    elif mark(first) == mark(before):
        assert patch == {"E4": normalised(second)}
    else:
        assert (patch, conflicts) == ({}, ("E4",))


def test_the_line_breaks_of_a_form_do_not_make_another_text():
    assert mark("dua\r\nbaris\r\n") == mark("dua\nbaris")
