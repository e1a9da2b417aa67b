"""What the two commands that freeze figures of a campaign have in common: their arguments and their report."""

from abc import ABC, abstractmethod

from django.core.management.base import BaseCommand, CommandError

from assessments.calibrating import Finding, NoSample, instruments_of, sample_of
from assessments.models import Campaign
from assessments.samples import DamagedAnswers
from scoring.actions import NothingToFreeze


class FreezingCommand(BaseCommand, ABC):
    """Says for every scale what would be frozen or why nothing is; without ``--dry-run`` it freezes as well."""

    noun = ""

    def add_arguments(self, parser):
        parser.add_argument("campaign", metavar="CAMPAIGN", help="kode periode yang sudah ditutup")
        parser.add_argument("--questionnaire", metavar="SLUG", help="hanya kuesioner ini; bawaan: semuanya")
        parser.add_argument(
            "--population", metavar="KALIMAT", default="", help="siapa kelompoknya, satu kalimat"
        )
        parser.add_argument("--dry-run", action="store_true", help="hanya periksa; tidak ada yang ditulis")

    @abstractmethod
    def findings(self, sample) -> tuple[Finding, ...]:
        """What each scale of the sample would be frozen with, or why nothing is."""

    @abstractmethod
    def describe(self, value) -> str:
        """A figure in words."""

    @abstractmethod
    def freeze(self, **values):
        """Freezes the figures; returns the set."""

    def handle(self, *, campaign, questionnaire, population, dry_run, **options):
        found = Campaign.objects.filter(code=campaign).select_related("agency").first()
        if found is None:
            raise CommandError(f"Periode “{campaign}” tidak ada.")
        instruments = instruments_of(found)
        if questionnaire:
            instruments = [i for i in instruments if i.version.questionnaire.code == questionnaire]
            if not instruments:
                raise CommandError(f"Periode “{campaign}” tidak menanyakan kuesioner “{questionnaire}”.")
        for instrument in instruments:
            self._one(found, instrument, population, dry_run)

    def _one(self, campaign, instrument, population, dry_run):
        try:
            sample = sample_of(campaign, instrument)
        except (NoSample, DamagedAnswers) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{sample.document.title.id}, versi {instrument.version.number}: {sample.people} orang disertakan, "
            f"{sample.left_out} tidak (mutu jawaban rendah)."
        )
        for finding in self.findings(sample):
            words = self.describe(finding.value) if finding.value else " ".join(finding.refusals)
            self.stdout.write(f"  {'ya   ' if finding.value else 'tidak'}  {finding.scale.code}: {words}")
        if dry_run:
            self.stdout.write("  Uji coba: tidak ada yang ditulis.")
            return
        try:
            frozen = self.freeze(campaign=campaign, instrument=instrument, by=None, population=population)
        except NothingToFreeze as error:
            self.stdout.write(f"  {error}")
        else:
            self.stdout.write(f"  {self.noun} nomor {frozen.number}, {frozen.scales.count()} skala.")
