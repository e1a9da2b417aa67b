from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.actions import close_campaign
from assessments.models import Campaign
from assessments.policies import PolicyError
from reports.results import freeze_all


class Command(BaseCommand):
    help = (
        "Menutup periode yang batas waktunya sudah lewat dan membekukan hasilnya; dijalankan berkala (cron)."
    )

    def handle(self, *args, **options):
        due = Campaign.objects.filter(state=Campaign.State.OPEN, closes_at__lte=timezone.now())
        for campaign in due.order_by("closes_at", "pk"):
            try:
                campaign = close_campaign(campaign=campaign, by=None)
            except PolicyError:  # somebody closed it by hand a moment ago; its results still want freezing
                campaign.refresh_from_db()
            releases = freeze_all(campaign=campaign, by=None)
            self.stdout.write(f"{campaign.code}: ditutup; {len(releases)} instansi dibekukan.")
