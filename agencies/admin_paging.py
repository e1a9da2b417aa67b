"""Pages of a table too large to be counted."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

_PAGES_AHEAD = 10
_LONGEST_NUMBER = 8  # digits


class LookaheadPaginator(Paginator):
    """Counts no further than ten pages beyond the one asked for; the next page sees ten more.

    Every page can be reached, and the newest ones, which are read most, cost the same however long the table is.
    """

    def __init__(self, object_list, per_page, *, page_asked):
        super().__init__(object_list, per_page)
        # A page number too long to be real counts as the first, and so is soon found not to exist.
        page = int(page_asked) if page_asked.isdecimal() and len(page_asked) < _LONGEST_NUMBER else 1
        self.horizon = (page + _PAGES_AHEAD) * per_page

    @cached_property
    def count(self):
        """How many rows there are up to the horizon."""
        return self.object_list[: self.horizon].count()
