"""Reading what people answered in a campaign, block by block, into the sums of an agency."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.db.models import Count, Min, Q

from accounts.restricting import usable
from agencies.models import Unit
from assessments.models import Assignment, Attempt, ScoreSheet
from assessments.sheets import unpack
from questionnaires.document import load_document
from reports.aggregation import Aggregates, People, Tally, aggregate
from reports.layout import Layout, PositiveAnswers, crossed_place, side_place
from reports.unit_trees import UnitTree, build_tree
from scoring.quality import LOW
from scoring.selectors import plan_of

# Score sheets in memory at a time: about 20 MB with their scores and answers.
_SHEETS = 20_000


@dataclass(frozen=True, eq=False)
class Counted:
    """The sums of an agency in a campaign with the units and the columns that they are about."""

    tree: UnitTree
    layout: Layout
    numbers: Aggregates


def count_answers(campaign, agency, progress=None) -> Counted:
    """Everything that was sent, as sums by unit.

    Args:
        progress: told how many score sheets of about how many have been read.
    """
    tree, invited = read_tree(campaign, agency)
    instruments = list(campaign.instruments.order_by("position", "pk"))
    documents = {instrument.version_id: load_document(instrument.version_id) for instrument in instruments}
    layout = Layout.of(documents, {i.version_id: plan_of(i.rule_id) for i in instruments})
    tally = Tally(len(tree), layout)
    # As if everybody had sent everything: counting the sheets first would read them twice.
    reader = _Sheets(campaign, agency, progress, expected=int(invited.sum()) * len(instruments))
    for version_id, document in documents.items():
        answers = PositiveAnswers(document)
        for rule_id, rows in reader.of(version_id):
            _add(tally, tree, version_id, plan_of(rule_id), answers, rows)
    return Counted(tree, layout, aggregate(tree, invited, tally))


def _add(tally, tree, version_id, plan, answers, rows):
    assignments, units, jobs, employments, leads, quality, scores, stored = zip(*rows, strict=True)
    people = People(
        assignments=np.array(assignments, dtype=np.int64),
        units=np.array([tree.index_of[unit] for unit in units]),
        crossed=np.fromiter(map(crossed_place, jobs, employments), dtype=np.int64, count=len(rows)),
        sides=np.fromiter(map(side_place, jobs, leads), dtype=np.int64, count=len(rows)),
    )
    tally.add_scores(version_id, unpack(plan, scores), people)
    is_low = np.array([rating == LOW for rating in quality])
    tally.add_answers(version_id, answers.read(stored), is_low, people)


class _Sheets:
    """The sheets that people were told, of an agency in a campaign, saying how far the reading is."""

    _COLUMNS = (
        "attempt__assignment_id",
        "attempt__assignment__unit_id",
        "attempt__assignment__job_category",
        "attempt__assignment__employment_kind",
        "attempt__assignment__supervises_others",
        "quality",
        "scores",
        "attempt__answers",
    )

    def __init__(self, campaign, agency, progress, *, expected):
        self._campaign, self._agency, self._progress = campaign, agency, progress
        self._expected = expected
        self._read = 0

    def of(self, version_id) -> Iterator[tuple[int, list[tuple]]]:
        """Blocks of one rule: the columns of submitted attempts at a version."""
        sheets = ScoreSheet.objects.filter(
            number=ScoreSheet.TOLD,
            attempt__state=Attempt.State.SUBMITTED,
            attempt__version_id=version_id,
            attempt__assignment__campaign=self._campaign,
            attempt__assignment__agency=self._agency,
        ).order_by()
        reader = (
            usable(sheets, person="attempt__person")
            .values_list("rule_id", *self._COLUMNS)
            .iterator(chunk_size=_SHEETS)
        )
        while block := list(islice(reader, _SHEETS)):
            by_rule: dict[int, list[tuple]] = {}
            for rule_id, *row in block:
                by_rule.setdefault(rule_id, []).append(tuple(row))
            yield from by_rule.items()
            self._read += len(block)
            if self._progress:
                self._progress(self._read, max(self._expected, self._read))


def read_tree(campaign, agency) -> tuple[UnitTree, np.ndarray]:
    """The agency's unit tree as the campaign saw it, and how many people were asked directly in each unit."""
    tree, counts = read_counts(campaign, agency, asked=Count("pk"))
    return tree, counts["asked"]


def read_counts(campaign, agency, **counts) -> tuple[UnitTree, dict[str, np.ndarray]]:
    """The tree and, for each aggregate over assignments, its value directly in each unit. Two queries.

    A unit whose people were asked before and after a move counts in one place, the first by path.
    """
    assignments = Assignment.objects.filter(campaign=campaign, agency=agency)
    rows = list(assignments.values("unit_id").annotate(path=Min("unit_path"), **counts).order_by())
    units = Unit.objects.filter(agency=agency).values_list("pk", "code", "path")
    tree = build_tree(units, {row["unit_id"]: row["path"] for row in rows})
    direct = {name: np.zeros(len(tree), dtype=np.int64) for name in counts}
    for row in rows:
        for name, values in direct.items():
            values[tree.index_of[row["unit_id"]]] = row[name]
    return tree, direct


def completed() -> Count:
    """People who have sent everything that was asked of them."""
    return Count("pk", filter=Q(completed_at__isnull=False))
