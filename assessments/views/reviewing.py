"""All answers once more, before they are sent."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.authorization import Permission, check_permission
from assessments import answers as answer_bytes
from assessments import page_times, policies, selectors
from assessments.answer_words import answer_lines
from assessments.views.closed import closed
from questionnaires.document import load_document
from questionnaires.version_document import Answer, Item, Text
from scoring import quality


@dataclass(frozen=True)
class ReviewRow:
    """One item on the review page, with the page it stands on."""

    item: Item
    number: int
    section_number: int
    given: Answer | None
    text: str = ""

    @property
    def lines(self) -> tuple[tuple[Text | None, Text], ...]:
        """The answer in words: pairs of the part it answers (None for an item answered in one) and what was chosen."""
        return answer_lines(self.item, self.given)

    @property
    def is_missing(self) -> bool:
        return answer_bytes.asks(self.item) and not self.item.is_complete(self.given)


@require_safe
def review(request, public_id):
    """All answers before sending, unanswered items first."""
    attempt = selectors.own_attempt(request.user, public_id)
    check_permission(request.user, Permission.TAKE_QUESTIONNAIRE)
    document = load_document(attempt.version_id)
    try:
        policies.check_attempt_takes_answers(attempt, now=timezone.now())
    except policies.AttemptClosed as refusal:
        return closed(request, attempt, refusal)
    given = answer_bytes.decode(document, attempt.answers)
    seconds = page_times.decode(document, attempt.page_seconds)
    texts = selectors.texts_of(attempt) if any(item.is_open_text for item in document.items) else {}
    rows = [
        ReviewRow(
            item,
            index,
            document.section_numbers[item.code],
            given.get(item.code),
            texts.get(item.code, ""),
        )
        for index, item in enumerate(document.items, start=1)
    ]
    context = {
        "attempt": attempt,
        "document": document,
        "progress": answer_bytes.progress(document, given),
        "unanswered": [row for row in rows if row.is_missing],
        "not_yet_scored": selectors.dimensions_not_yet_scored(attempt, document, given),
        "was_fast": "speed" in quality.assess(document, given, seconds or None).families,
        "sections": [
            (number, section, [row for row in rows if row.section_number == number])
            for number, section in enumerate(document.sections, start=1)
        ],
    }
    return render(request, "assessments/review.html", context)
