"""Proves that nothing published has changed since."""

from django.core.management.base import BaseCommand, CommandError

from questionnaires.document import content_hash
from questionnaires.models import Version


class Command(BaseCommand):
    help = "Menghitung ulang sidik isi setiap versi yang pernah terbit; keluar dengan galat bila ada yang berbeda."

    def handle(self, **options):
        checked, changed = 0, []
        versions = Version.objects.filter(status__in=Version.FROZEN).select_related("questionnaire")
        for version in versions.order_by("questionnaire__code", "number").iterator(chunk_size=20):
            checked += 1
            if content_hash(version.document) != version.content_hash:
                changed.append(f"{version.questionnaire.code} versi {version.number}")
        if changed:
            raise CommandError(f"Isi berubah setelah terbit: {', '.join(changed)}.")
        self.stdout.write(f"{checked} versi diperiksa; semua sidik isi cocok.")
