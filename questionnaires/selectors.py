"""Reads that every report makes. What never changes is kept in memory, what hardly ever does for a minute."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from questionnaires.models import Framework, Version
from questionnaires.version_document import Text

# Frameworks are loaded by a command while servers run; a corrected name shows on every page after so many seconds.
_REMEMBERED = 60


@dataclass(frozen=True)
class OfficialFramework:
    """A framework with the names of its competencies by code, in the order of the codes."""

    name: Text
    source: str
    competencies: Mapping[str, Text]


def official_frameworks() -> tuple[OfficialFramework, ...]:
    """All frameworks that scales may be mapped onto."""
    return frameworks_of_period(int(time.monotonic() // _REMEMBERED))


@lru_cache(maxsize=1)
def frameworks_of_period(_period: int) -> tuple[OfficialFramework, ...]:
    """All frameworks as they were when first asked for in a period."""
    return tuple(
        OfficialFramework(
            Text(framework.name_ind, framework.name_eng),
            framework.source,
            {row.code: Text(row.name_ind, row.name_eng) for row in framework.competencies.all()},
        )
        for framework in Framework.objects.order_by("code").prefetch_related("competencies")
    )


@lru_cache(maxsize=256)
def version_number(version_id: int) -> int:
    """What a version is called by people; without reading its document."""
    return Version.objects.values_list("number", flat=True).get(pk=version_id)
