"""Pages about one unit of a release beside its summary: items, groups, comparisons, learning needs.

Each module builds one page as a frozen value for its template, from frozen cells only, in a fixed number of queries.
"""
