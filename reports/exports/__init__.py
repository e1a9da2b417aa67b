"""Frozen results as files to take away: asked for with a purpose, made by a worker, marked, kept for some days.

* ``actions``: asking, keeping the file, noting a download, removing what has expired.
* ``lines``: the figures of a unit, one a line; every table of every format is made of these.
* ``making``: from an export to its file; one module for each format.
"""
