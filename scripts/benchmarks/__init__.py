"""What `make bench` measures: one module a part, each with `run(size) -> list[Figure]`.

`size` is the part of the full size, so that a test can run everything in a moment. A new part is a module here and its
name below, in the order of the page.
"""

MODULES = (
    "scoring",
    "database",
    "roster",
    "assigning",
    "freezing",
    "exporting",
    "sizes",
    "statistics",
    "disclosure",
    "trail",
    "web",
)
