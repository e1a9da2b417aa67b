"""Freezes reliability and spread of every scale from the answers of a closed campaign."""

from assessments import calibrating
from assessments.management.freezing_command import FreezingCommand


class Command(FreezingCommand):
    help = (
        "Bekukan kalibrasi (reliabilitas dan simpangan baku setiap skala) dari jawaban sebuah periode yang sudah "
        "ditutup. Contoh yang sama dibekukan sekali."
    )
    noun = "Kalibrasi"

    def findings(self, sample):
        return calibrating.calibration_findings(sample)

    def describe(self, value):
        return (
            f"n={value.sample_size}, {value.item_count} butir, r={value.reliability:.3f} ({value.coefficient}), "
            f"SD={value.sd:.1f}, SEM={value.sem:.1f}"
        )

    def freeze(self, **values):
        return calibrating.freeze_calibration(**values)
