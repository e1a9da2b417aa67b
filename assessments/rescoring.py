"""Scoring a closed campaign again: new sheets beside the old ones, and what that changed for how many.

What a person was told stays: sheet number 1 is never touched. Every batch is a transaction of its own, and an attempt
whose newest sheet was already made with the present figures is passed over. So a run that was killed is taken up again
by starting it once more, and two at the same time write nothing twice.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction
from django.utils import timezone

from assessments import answers as answer_bytes
from assessments import page_times, quality_details, sheets
from assessments.models import Attempt, Campaign, ScoreSheet
from assessments.selectors import Measurement, newest_measurement
from audit.actions import record
from questionnaires.document import load_document
from scoring import engine, quality
from scoring.plan import PERSON
from scoring.results import NOT_SHOWN, ScoreTable
from scoring.selectors import plan_of

BATCH = 500  # attempts in one transaction; a few tenths of a second in which their rows are held


class CannotRescore(ValueError):
    """The campaign cannot be scored again; the message is the sentence that the user reads."""


@dataclass
class ScaleChanges:
    """Of one scale: for how many people what they were told and what holds now differ, and how.

    ``moved``: both are scores, and the displayed number differs. ``band_up`` and ``band_down`` are among the moved or
    come from other cuts. ``gained`` and ``lost``: a score where there was none, and the reverse.
    """

    same: int = 0
    moved: int = 0
    band_up: int = 0
    band_down: int = 0
    gained: int = 0
    lost: int = 0


@dataclass
class Changes:
    """What scoring one instrument of a campaign again changed; counts people, never names them.

    ``quality`` counts people by the rating that they were told and the one that holds now, where these differ.
    """

    version_id: int
    title: str
    using: Measurement
    people: int = 0
    written: int = 0
    quality: Counter = field(default_factory=Counter)
    scales: dict[str, ScaleChanges] = field(default_factory=dict)


def rescore_campaign(
    *, campaign, by, is_dry_run: bool = False, progress: Callable[[int, int], None] = lambda done, of: None
) -> tuple[Changes, ...]:
    """Scores every sent attempt of a closed campaign with the newest rule, calibration and norm of its version.

    Args:
        progress: called after every batch with how many attempts are done and how many there are.
        is_dry_run: compute and compare only; nothing is written.

    Returns:
        for every instrument what differs from what people were told (sheet number 1).

    Raises:
        CannotRescore: the campaign still takes answers, or nobody has sent any.
    """
    if campaign.state != Campaign.State.CLOSED:
        raise CannotRescore("Periode ini belum ditutup; selama itu tidak ada skor yang dihitung ulang.")
    sent = Attempt.objects.filter(assignment__campaign=campaign, state=Attempt.State.SUBMITTED)
    total = sent.count()
    if not total:
        raise CannotRescore("Belum ada jawaban terkirim dalam periode ini; tidak ada yang dihitung ulang.")
    done, found = 0, []
    for instrument in campaign.instruments.order_by("position", "pk"):
        work = _Work(instrument.version_id, is_dry_run=is_dry_run)
        for ids in _batches(sent.filter(version_id=instrument.version_id)):
            work.batch(ids)
            done += len(ids)
            progress(done, total)
        found.append(work.changes)
    _record(campaign, found, by)
    return tuple(found)


def _record(campaign, found, by):
    """One event a run that wrote anything; a run that was killed is told by the one that finished its work."""
    written = sum(changes.written for changes in found)
    if written:
        record(
            event="campaign.rescored",
            by=by,
            target=campaign,
            agency_id=campaign.agency_id,
            detail={"sheets": written},
        )


def _batches(attempts):
    """Keys by themselves first: a cursor cannot stay open over the transactions of the batches."""
    keys = list(attempts.order_by("pk").values_list("pk", flat=True))
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]


class _Work:
    """One version, the figures that hold for it now, and what they have changed so far."""

    def __init__(self, version_id, *, is_dry_run):
        self.using = newest_measurement(version_id)
        self.plan = plan_of(self.using.rule_id)
        self.document = load_document(version_id)
        self.is_dry_run = is_dry_run
        self.changes = Changes(version_id, self.document.title.id, self.using)
        self.changes.scales = {
            scale.code: ScaleChanges() for scale in self.plan.scales if scale.level == PERSON
        }

    def batch(self, keys):
        """Scores, compares and (unless this is a dry run) writes the attempts with these keys, all or none."""
        with transaction.atomic():
            attempts = self._attempts(keys)
            of_attempt = _sheets_of(keys)
            table, ratings = self._score(attempts)
            if not self.is_dry_run:
                fresh = [
                    self._sheet(attempt, of_attempt[attempt.pk][-1].number + 1, table, row, ratings[row])
                    for row, attempt in enumerate(attempts)
                    if not self._is_current(of_attempt[attempt.pk][-1])
                ]
                ScoreSheet.objects.bulk_create(fresh)
                self.changes.written += len(fresh)
        self._compare([of_attempt[attempt.pk][0] for attempt in attempts], table, ratings)

    def _attempts(self, keys):
        attempts = Attempt.objects.filter(pk__in=keys).order_by("pk")
        if not self.is_dry_run:
            # A second run waits here, and then finds our sheets. SQLite has one writer anyway.
            attempts = attempts.select_for_update(of=("self",))
        return list(attempts)

    def _score(self, attempts):
        given = [answer_bytes.decode(self.document, attempt.answers) for attempt in attempts]
        ratings = [
            quality.assess(
                self.document, answers, page_times.decode(self.document, attempt.page_seconds) or None
            )
            for attempt, answers in zip(attempts, given, strict=True)
        ]
        return engine.score(self.plan, engine.encode(self.plan, given)), ratings

    def _is_current(self, sheet) -> bool:
        made_with = (sheet.rule_id, sheet.calibration_id, sheet.norm_id, sheet.engine_version)
        present = (
            self.using.rule_id,
            self.using.calibration_id,
            self.using.norm_id,
            engine.ENGINE_VERSION,
        )
        is_rated = quality_details.version_of(sheet.quality_details) == quality.QUALITY_VERSION
        return made_with == present and is_rated

    def _sheet(self, attempt, number, table, row, rated):
        return ScoreSheet(
            attempt=attempt,
            number=number,
            rule_id=self.using.rule_id,
            calibration_id=self.using.calibration_id,
            norm_id=self.using.norm_id,
            engine_version=engine.ENGINE_VERSION,
            scores=sheets.pack(table, row),
            quality=rated.rating,
            quality_details=quality_details.pack(rated),
            created_at=timezone.now(),
        )

    def _compare(self, told, table, ratings):
        for rule_id in {sheet.rule_id for sheet in told}:
            rows = [row for row, sheet in enumerate(told) if sheet.rule_id == rule_id]
            before = sheets.unpack(plan_of(rule_id), [told[row].scores for row in rows])
            for code, changes in self.changes.scales.items():
                _count(changes, _shown(before, code), [array[rows] for array in _shown(table, code)])
        self.changes.quality.update(
            (sheet.quality, rated.rating)
            for sheet, rated in zip(told, ratings, strict=True)
            if sheet.quality != rated.rating
        )
        self.changes.people += len(told)


def _sheets_of(keys) -> dict[int, list[ScoreSheet]]:
    """The sheets of these attempts by attempt, what was told first."""
    found: dict[int, list[ScoreSheet]] = {}
    for sheet in ScoreSheet.objects.filter(attempt_id__in=keys).order_by("attempt_id", "number"):
        found.setdefault(sheet.attempt_id, []).append(sheet)
    return found


def _shown(table: ScoreTable, code: str):
    """Displayed score and band of everybody on a scale; nothing shown on a scale that the rule does not have."""
    if code not in {scale.code for scale in table.plan.scales}:
        nothing = np.full(len(table), NOT_SHOWN, dtype=np.int16)
        return nothing, nothing
    column = table.column(code)
    return table.display()[:, column], table.bands()[:, column]


def _count(changes: ScaleChanges, before, after):
    (score_before, band_before), (score_after, band_after) = before, after
    had, has = score_before != NOT_SHOWN, score_after != NOT_SHOWN
    changes.same += int(np.sum((had == has) & (score_before == score_after)))
    changes.moved += int(np.sum(had & has & (score_before != score_after)))
    changes.gained += int(np.sum(~had & has))
    changes.lost += int(np.sum(had & ~has))
    changes.band_up += int(np.sum(had & has & (band_after > band_before)))
    changes.band_down += int(np.sum(had & has & (band_after < band_before)))
