"""Proves that no published scoring rule has changed since."""

from django.core.management.base import BaseCommand, CommandError

from questionnaires.version_document import content_hash
from scoring.models import ScoringRule


class Command(BaseCommand):
    help = "Menghitung ulang sidik isi setiap aturan skor; keluar dengan galat bila ada yang berbeda."

    def handle(self, **options):
        checked, changed = 0, []
        # Not the version's rows: each carries a document of its own, which verify_versions reads.
        rules = ScoringRule.objects.order_by("version__questionnaire__code", "version__number", "number")
        for code, version, number, document, stored in rules.values_list(
            "version__questionnaire__code", "version__number", "number", "document", "content_hash"
        ).iterator(chunk_size=20):
            checked += 1
            if content_hash(document) != stored:
                changed.append(f"{code} versi {version} aturan {number}")
        if changed:
            raise CommandError(f"Aturan berubah setelah terbit: {', '.join(changed)}.")
        self.stdout.write(f"{checked} aturan diperiksa; semua sidik isi cocok.")
