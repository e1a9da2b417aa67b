from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.mailing import send_each
from development import actions
from development.reminder_mail import reminder_mail
from development.selectors import reminders_due


class Command(BaseCommand):
    help = (
        "Mengirim surel pengingat sasaran di tengah waktu dan pada tanggalnya kepada yang memintanya; dijalankan "
        "berkala (cron), aman diulang dan aman dijalankan dua sekaligus."
    )

    def handle(self, *args, **options):
        sent = send_each(
            reminders_due(now=timezone.now()),
            claim=lambda due: actions.claim_reminder(goal=due[0], kind=due[1], now=timezone.now()),
            compose=lambda due, connection: reminder_mail(
                goal=due[0], kind=due[1], plan_settings=due[0].person.plan_settings, connection=connection
            ),
            mark_sent=lambda row: actions.mark_reminder_sent(reminder=row, now=timezone.now()),
            release=lambda row: actions.release_reminder(reminder=row),
        )
        self.stdout.write(f"{sent.sent} pengingat dikirim.")
        if sent.failed:
            raise CommandError(
                f"{sent.failed} pengingat gagal dikirim dan dicoba lagi pada jalan berikutnya. "
                "Periksa EMAIL_URL; rinciannya ada di log."
            )
