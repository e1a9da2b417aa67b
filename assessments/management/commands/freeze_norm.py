"""Freezes the distribution of every dimension in a norm group from the answers of a closed campaign."""

from assessments import calibrating
from assessments.management.freezing_command import FreezingCommand


class Command(FreezingCommand):
    help = (
        "Bekukan kelompok norma (sebaran setiap dimensi) dari jawaban sebuah periode yang sudah ditutup: sedikitnya "
        "200 orang dari sedikitnya 5 instansi atau unit, tidak satu pun lebih dari separuh."
    )
    noun = "Kelompok norma"

    def findings(self, sample):
        return calibrating.norm_findings(sample)

    def describe(self, value):
        group, skewness = value.group, value.group.skewness
        tail = "" if skewness is None else f", kemencengan={skewness:.2f}"
        return (
            f"n={group.n}, {len(value.people_by_contributor)} penyumbang, M={group.mean:.1f}, SD={group.sd:.1f}"
            f"{tail}{' (T dinormalkan)' if group.is_skewed else ''}"
        )

    def freeze(self, **values):
        return calibrating.freeze_norm(**values)
