"""The person's answers and scores, in words; the encoding is undone here as for nobody else."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from assessments import answers as answer_bytes
from assessments import page_times, sheets
from assessments.answer_words import answer_lines
from assessments.models import Attempt, ScoreSheet
from assessments.quality_details import unpack as unpack_quality
from privacy.own_data.choices import chosen
from privacy.own_data.values import Coded, Column, Group, Kind, Part, Table
from questionnaires.document import load_document
from questionnaires.selectors import version_number
from scoring.results import ScaleResult
from scoring.scales import NO_WEIGHT, PRORATED, SCORED, TOO_FEW_ANSWERS, TOO_MANY_NA
from scoring.selectors import plan_of

_NUMBER = Column("attempt", _("Pengisian nomor"), Kind.NUMBER)

ATTEMPTS = Table(
    "attempts",
    Group.ASSESSMENTS,
    _("Pengisian"),
    _(
        "Kuesioner yang Anda isi. Hanya Anda yang dapat membaca jawaban dan laporannya, kecuali bagian yang "
        "Anda bagikan."
    ),
    (
        Column("attempt", _("Nomor"), Kind.NUMBER),
        Column("questionnaire", _("Kuesioner")),
        Column("version", _("Versi"), Kind.NUMBER),
        Column("campaign", _("Periode")),
        Column("state", _("Status"), Kind.CODED),
        Column("started_at", _("Mulai"), Kind.MOMENT),
        Column("saved_at", _("Terakhir tersimpan"), Kind.MOMENT),
        Column("submitted_at", _("Terkirim"), Kind.MOMENT),
        Column("revision", _("Kali tersimpan"), Kind.NUMBER),
        Column("public_id", _("Id"), is_technical=True),
    ),
)
ANSWERS = Table(
    "answers",
    Group.ASSESSMENTS,
    _("Jawaban"),
    _("Setiap butir yang Anda jawab, juga yang belum Anda kirim."),
    (
        _NUMBER,
        Column("item", _("Butir")),
        Column("statement", _("Pernyataan")),
        Column("part", _("Bagian butir")),
        Column("answer", _("Jawaban")),
    ),
)
PAGE_TIMES = Table(
    "page_times",
    Group.ASSESSMENTS,
    _("Waktu pengisian"),
    _("Detik halaman terbuka dan dipakai; hanya untuk menilai apakah jawaban terlalu cepat untuk dibaca."),
    (_NUMBER, Column("section", _("Bagian")), Column("seconds", _("Detik"), Kind.NUMBER)),
)
SHEETS = Table(
    "score_sheets",
    Group.ASSESSMENTS,
    _("Lembar skor"),
    _(
        "Kapan dan dengan aturan apa skor Anda dihitung, serta mutu jawaban. Nomor 1 ialah yang diberitahukan "
        "kepada Anda."
    ),
    (
        _NUMBER,
        Column("sheet", _("Lembar"), Kind.NUMBER),
        Column("created_at", _("Dihitung pada"), Kind.MOMENT),
        Column("rule", _("Aturan skor"), Kind.NUMBER),
        Column("calibration", _("Kalibrasi"), Kind.NUMBER),
        Column("norm", _("Norma"), Kind.NUMBER),
        Column("engine_version", _("Versi mesin skor")),
        Column("quality", _("Mutu jawaban"), Kind.CODED),
        Column("quality_version", _("Versi aturan mutu")),
        Column("fast_item_share", _("Porsi butir yang cepat")),
        Column("pair_difference", _("Beda pasangan butir")),
        Column("even_odd", _("Kesesuaian genap-ganjil")),
        Column("desirability_share", _("Porsi jawaban yang menyanjung diri")),
        Column("attention_failed", _("Butir perhatian yang terlewat"), Kind.NUMBER),
        Column("longest_runs", _("Deret jawaban sama terpanjang")),
    ),
)
SCORES = Table(
    "scores",
    Group.ASSESSMENTS,
    _("Skor"),
    _(
        "Setiap skor yang tersimpan, juga yang tidak ditampilkan dalam laporan karena belum cukup andal. Untuk "
        "pengembangan diri, bukan penilaian resmi."
    ),
    (
        _NUMBER,
        Column("sheet", _("Lembar"), Kind.NUMBER),
        Column("scale", _("Kode skala"), is_technical=True),
        Column("name", _("Skala")),
        Column("score", _("Skor"), Kind.NUMBER),
        Column("exact_score", _("Skor tepat"), is_technical=True),
        Column("band", _("Kategori"), Kind.CODED),
        Column("status", _("Keadaan"), Kind.CODED),
        Column("answered", _("Butir dijawab"), Kind.NUMBER, is_technical=True),
        Column("applicable", _("Butir berlaku"), Kind.NUMBER, is_technical=True),
    ),
)
TABLES = (ATTEMPTS, ANSWERS, PAGE_TIMES, SHEETS, SCORES)

_STATUS = {
    SCORED: _("diskor"),
    PRORATED: _("diskor dari sebagian butir"),
    TOO_FEW_ANSWERS: _("tidak diskor: jawaban belum cukup"),
    TOO_MANY_NA: _("tidak diskor: terlalu banyak butir yang tidak berlaku"),
    NO_WEIGHT: _("tidak diskor: tidak ada butir yang berbobot"),
}


def parts_of(user, *, language):
    """``(parts, records)``: the tables of this room, and the rows that events of the trail may be about.

    Six queries once the versions and rules are in memory.
    """
    attempts = list(_attempts(user))
    numbered = list(enumerate(attempts, start=1))
    documents = {attempt.pk: load_document(attempt.version_id) for attempt in attempts}
    answers, times = [], []
    for number, attempt in numbered:
        document = documents[attempt.pk]
        answers += _answers(number, attempt, document, language)
        times += _times(number, attempt, document, language)
    told = [(number, sheet) for number, attempt in numbered for sheet in attempt.score_sheets.all()]
    scores = [line for number, sheet in told for line in _scores(number, sheet, documents, language)]
    parts = (
        Part(ATTEMPTS, [_attempt(number, each, documents[each.pk], language) for number, each in numbered]),
        Part(ANSWERS, answers),
        Part(PAGE_TIMES, times),
        Part(SHEETS, [_sheet(number, sheet) for number, sheet in told]),
        Part(SCORES, scores),
    )
    return parts, attempts


def _attempts(user):
    made = ScoreSheet.objects.select_related("rule", "calibration", "norm").order_by("number")
    made = made.defer("rule__document")
    return (
        Attempt.objects.of(user)
        .select_related("assignment__campaign")
        .prefetch_related("open_texts", Prefetch("score_sheets", queryset=made))
        .order_by("-started_at", "-pk")
    )


def _attempt(number, attempt, document, language):
    return (
        number,
        document.title.in_language(language),
        version_number(attempt.version_id),
        attempt.assignment.campaign.title if attempt.assignment else None,
        chosen(attempt, "state"),
        attempt.started_at,
        attempt.saved_at,
        attempt.submitted_at,
        attempt.revision,
        str(attempt.public_id),
    )


def _answers(number, attempt, document, language):
    """A row for every answered item, and for every part of an item that has parts."""
    given = answer_bytes.decode(document, attempt.answers)
    texts = {text.item_code: text.text for text in attempt.open_texts.all()}
    for item in document.items:
        statement = _statement(item, language)
        for part, words in answer_lines(item, given.get(item.code)):
            part_words = part.in_language(language) if part else None
            yield number, item.code, statement, part_words, words.in_language(language)
        if item.code in texts:
            yield number, item.code, statement, None, texts[item.code]


def _statement(item, language):
    """What was asked, with the situation or the two poles where there are any."""
    poles = [
        f"{letter}: {pole.in_language(language)}"
        for letter, pole in zip("AB", (item.left, item.right), strict=True)
        if pole
    ]
    texts = [text.in_language(language) for text in (item.vignette, item.stem) if text]
    return " — ".join(filter(None, [*texts, *poles]))


def _times(number, attempt, document, language):
    titles = {section.code: section.title.in_language(language) for section in document.sections}
    seconds = page_times.decode(document, attempt.page_seconds)
    return [(number, titles[code], spent) for code, spent in seconds.items()]


def _sheet(number, sheet):
    details = unpack_quality(sheet.quality_details)
    indices = (None,) * 7
    if details is not None:
        indices = (
            details.version,
            *map(_index, (details.fast_item_share, details.pair_difference, details.even_odd)),
            _index(details.desirability_share),
            details.attention_failed,
            ", ".join(str(block.run) for block in details.blocks) or None,
        )
    return (
        number,
        sheet.number,
        sheet.created_at,
        sheet.rule.number,
        sheet.calibration.number if sheet.calibration else None,
        sheet.norm.number if sheet.norm else None,
        sheet.engine_version,
        Coded(sheet.quality, sheet.quality),
        *indices,
    )


def _index(value):
    """As stored, with a point whatever the language: the figure is for whoever computes it again."""
    return None if value is None else str(value)


def _scores(number, sheet, documents, language):
    plan = plan_of(sheet.rule_id)
    bands = {scale.code: {band.code: band.name for band in scale.bands} for scale in plan.scales}
    names = documents[sheet.attempt_id].scale_by_code
    for code, result in sheets.unpack(plan, [sheet.scores]).everything(0).items():
        band = Coded(result.band, bands[code][result.band].in_language(language)) if result.band else None
        yield (
            number,
            sheet.number,
            code,
            names[code].name.in_language(language),
            result.display,
            str(result.score) if result.is_scored else None,
            band,
            _status(result),
            result.answered,
            result.applicable,
        )


def _status(result: ScaleResult) -> Coded:
    code = result.reason or result.status
    return Coded(code, str(_STATUS[code]))
