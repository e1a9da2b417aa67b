"""The quality report of a questionnaire version, for the command and for the page of the psychometrician."""

from assessments import samples
from assessments.item_matrix import content_scales, matrix_of_answers
from assessments.item_report import QualityReport, report_on, screen
from assessments.option_counts import count_options
from questionnaires.document import load_document


def quality_report(*, version, campaign=None, language="id") -> QualityReport:
    """The report of everybody's latest submitted attempt at a version, scale by scale.

    Args:
        campaign: only what was sent in this closed campaign; otherwise everything but open campaigns.
        language: of the names of questionnaire and scales.

    Raises:
        SampleNotFound: nobody has sent anything yet.
        DamagedAnswers: an attempt does not fit the version.
    """
    stored = samples.latest_answers(version, campaign)
    if not len(stored):
        raise samples.SampleNotFound("Belum ada jawaban terkirim dari periode yang sudah ditutup.")
    return report_of(version, stored, campaign=campaign, language=language)


def report_of(version, stored, *, campaign=None, language="id") -> QualityReport:
    """The report of answers that have been read already.

    Args:
        stored: people x slots, uint8, in the slot order of the version; at least one person.
    """
    document = load_document(version.pk)
    scales, everything = [], {}
    for scale, items in content_scales(document):
        matrix, impossible = matrix_of_answers(document, stored, items)
        name = scale.name.in_language(language)
        scales.append(report_on(scale.code, name, matrix, impossible=impossible))
        everything |= {item.code: item for item in items}
    source = {
        "questionnaire": document.questionnaire,
        "version": version.number,
        "campaign": campaign.code if campaign else None,
        "people": len(stored),
    }
    whole, _ = matrix_of_answers(document, stored, tuple(everything.values()))
    choices = count_options(document, stored)
    return QualityReport(document.title.in_language(language), source, tuple(scales), screen(whole), choices)


def item_words(*, version, language="id") -> dict[str, str]:
    """What the items of a version say, by code: the stem, or both poles of a contrast."""
    return {item.code: _words(item, language) for item in load_document(version.pk).items}


def _words(item, language: str) -> str:
    if item.left and item.right:
        return f"{item.left.in_language(language)} ↔ {item.right.in_language(language)}"
    return item.stem.in_language(language)
