"""Saving one page of answers in the face of other tabs, other devices and the deadline."""

from dataclasses import dataclass

from assessments import actions, open_texts
from assessments import answers as answer_bytes
from assessments.models import Attempt
from assessments.selectors import texts_of
from questionnaires.document import load_document

# Each round loses only to somebody who saved; a person has a handful of tabs.
_ROUNDS = 20


@dataclass(frozen=True)
class Saved:
    """What became of a page: the attempt as it is now, and the items that another tab answered differently."""

    attempt: Attempt
    conflicts: tuple[str, ...]


def save_page(*, attempt, section, base, mine, by, seconds=None, texts=open_texts.NO_TEXTS):
    """Merges a page into what is stored, until a compare-and-set succeeds.

    Items that both this page and somebody else changed, differently, are left as they are stored and returned as
    conflicts. A page without open texts reads none.

    Raises:
        AttemptClosed: nothing can be changed any more; what was saved stays.
        StaleRevision: others saved without a pause; nothing of this page was written.
    """
    document = load_document(attempt.version_id)
    section_seconds = {section.code: seconds} if seconds else None
    for _round in range(_ROUNDS):
        stored = answer_bytes.decode(document, attempt.answers)
        merge = answer_bytes.merge(base=base, mine=mine, stored=stored)
        written, text_conflicts = open_texts.merge(texts, texts_of(attempt) if texts.touched else {})
        try:
            actions.save_answers(
                attempt=attempt,
                patch=merge.patch,
                seen_revision=attempt.revision,
                by=by,
                section_seconds=section_seconds,
                texts=written,
            )
        except actions.StaleRevision:
            attempt.refresh_from_db(fields=["answers", "page_seconds", "revision", "state", "saved_at"])
            continue
        return Saved(attempt, merge.conflicts + text_conflicts)
    raise actions.StaleRevision
