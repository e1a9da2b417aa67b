"""The printed parts beside the dimensions: situations with their key, own order, and answers nobody scores."""

from django.utils.translation import gettext as _

from reports.bands import zones_of
from reports.templatetags.report_numbers import decimals
from typesetting.blocks import Block, Bullets, Heading, Section, Table, Text, Track, Zone


def judgement_section(judgement) -> Section:
    """A situational scale: its score, and every situation with the person's choice beside the key and its reasons."""
    found: list[Block] = [
        Text(
            _(
                "Bagian ini menanyakan tindakan mana yang paling tepat, bukan seberapa sering Anda melakukannya. "
                "Skornya berdiri sendiri."
            )
        ),
        *(Text(note, is_quiet=True) for note in judgement.key_notes),
    ]
    if judgement.is_scored:
        found += _score(judgement)
    else:
        found.append(Text(judgement.not_scored))
    for line in judgement.vignettes:
        found += _vignette(line)
    found += [Text(rule, is_quiet=True) for rule in judgement.rules]
    title = f"{judgement.name}: {judgement.band}" if judgement.band else judgement.name
    return Section(title, found)


def _score(judgement):
    score = _("Skor %(score)s") % {"score": judgement.display}
    said = judgement.meaning or judgement.sentence
    zones = [Zone(zone.start, zone.width, zone.shade) for zone in zones_of(judgement.bands)]
    alt = f"{judgement.name}: {_('skor %(s)s dari 100') % {'s': judgement.display}}"
    found: list[Block] = [Text(f"{score}. {said}"), Track(judgement.display, zones, alt=alt)]
    if judgement.tips:
        found.append(Bullets([tip.text for tip in judgement.tips], is_numbered=True))
    return found


def _vignette(line) -> list[Block]:
    rows = [
        (
            f"{action.text}\n{action.reason}" if action.reason else action.text,
            ", ".join(_marks(action)) or "–",
            decimals(action.effectiveness, 1),
        )
        for action in line.actions
    ]
    columns = [_("Tindakan dan alasannya"), _("Pilihan"), _("Ketepatan menurut kunci (1–5)")]
    scored = (
        ""
        if line.score is None
        else " " + _("Skor situasi ini %(score)s dari 1.") % {"score": decimals(line.score, 2)}
    )
    return [
        Heading(line.vignette),
        Text(line.stem),
        Table(columns, rows, widths=(6, 2.4, 1.8), numeric=(False, False, True)),
        Text(line.key_note + scored, is_quiet=True),
    ]


def _marks(action):
    words = {
        "chosen_best": _("Anda: paling tepat"),
        "chosen_worst": _("Anda: paling kurang tepat"),
        "key_best": _("Kunci: paling tepat"),
        "key_worst": _("Kunci: paling kurang tepat"),
    }
    found = [said for mark, said in words.items() if mark in action.marks]
    return [f"{_('Anda')}: {action.rating}", *found] if action.rating else found


def preference_section(report) -> Section:
    """Dimensions in the person's own order; a table of picks, never a score."""
    rows = [(str(one.place), one.name, f"{one.picked} / {one.offered}") for one in report.preferences]
    columns = [_("Urutan"), _("Dimensi"), _("Dipilih")]
    if not rows:
        return Section("", [])
    caution = _(
        "Urutan ini hanya membandingkan pilihan Anda dengan pilihan Anda yang lain. Ia tidak mengatakan seberapa kuat, "
        "tidak mempunyai kategori, dan tidak dapat dibandingkan dengan orang lain."
    )
    table = Table(columns, rows, widths=(1, 4, 1), numeric=(True, False, True))
    return Section(_("Mana yang lebih sering Anda pilih"), [Text(caution), table])


def own_answers_section(report) -> Section:
    """What is given back without a score: answers about the unit, single choices, own words."""
    found: list[Block] = []
    if report.climate:
        found.append(
            Text(
                _(
                    "Butir tentang unit kerja menggambarkan unit, bukan Anda. Karena itu tidak ada skor pribadi; ini "
                    "jawaban Anda sendiri."
                ),
                is_quiet=True,
            )
        )
    for scale in report.climate:
        found += [Heading(scale.name), _answers(scale.answers)]
    if report.own_answers:
        found.append(_answers(report.own_answers))
    return Section(_("Jawaban Anda yang tidak dinilai"), found)


def _answers(answers) -> Table:
    rows = [(one.stem, one.answer) for one in answers]
    return Table([_("Butir"), _("Jawaban Anda")], rows, widths=(3, 2))
