from django.core.management.base import BaseCommand, CommandError

from assessments.models import Campaign
from reports.results import freeze_all


class Command(BaseCommand):
    help = "Membekukan hasil periode yang sudah ditutup bagi instansi yang belum mempunyai hasil beku."

    def add_arguments(self, parser):
        parser.add_argument(
            "codes", nargs="*", help="kode periode; kosong berarti semua periode yang sudah ditutup"
        )

    def handle(self, *args, codes, **options):
        campaigns = Campaign.objects.filter(state=Campaign.State.CLOSED).order_by("closed_at", "pk")
        if codes:
            campaigns = campaigns.filter(code__in=codes)
            unknown = sorted(set(codes) - set(campaigns.values_list("code", flat=True)))
            if unknown:
                raise CommandError(f"Tidak ada periode tertutup dengan kode: {', '.join(unknown)}.")
        for campaign in campaigns:
            for release in freeze_all(campaign=campaign, by=None):
                self.stdout.write(f"{campaign.code}: {release.agency.name} dibekukan.")
