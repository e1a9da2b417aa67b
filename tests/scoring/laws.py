"""Property tests of this folder: hypothesis without a deadline, since a busy machine is no fault of the code."""

from hypothesis import given, settings


def law(*strategies, **named):
    """As ``hypothesis.given``; the examples may take as long as they need."""
    return lambda test: settings(deadline=None)(given(*strategies, **named)(test))
