import re
from argparse import ArgumentTypeError
from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from audit.verifying import FaultKind, Verification

MOST_NAMED = 100
SENTENCES = {
    FaultKind.REMOVED: "Peristiwa {0} dihapus.",
    FaultKind.ALTERED: "Peristiwa {0} diubah, atau urutannya ditukar.",
    FaultKind.LINK_MISSING: "Mata rantai pada tempat {0} hilang.",
    FaultKind.UNSEALED: (
        "Peristiwa {0} tidak tersegel padahal sudah lama tercatat: disisipkan orang lain, atau tidak ada pekerja latar "
        "yang hidup (lihat seal_audit)."
    ),
    FaultKind.HEAD_UNKNOWN: "Ujung rantai yang diberikan tidak ada lagi: rantainya dipotong atau disegel ulang.",
}


class Command(BaseCommand):
    help = "Memeriksa jejak audit: peristiwa yang dihapus, diubah, disisipkan, atau ditukar urutannya disebutkan."

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", type=_head, help="ujung rantai yang pernah dicatat, dari log atau dari seal_audit"
        )

    def handle(self, *args, head, **options):
        verification, number = Verification(), 0
        faults = verification.faults(known_head=head)
        for fault in islice(faults, MOST_NAMED):
            number += 1
            self.stderr.write(SENTENCES[fault.kind].format(fault.number))
        number += sum(1 for _ in faults)
        self._tell(verification)
        if number:
            raise CommandError(
                f"Jejak audit tidak utuh: {number} temuan, yang pertama {min(number, MOST_NAMED)} disebutkan di atas. "
                "Simpan basis data dan log seperti adanya, lalu bandingkan dengan cadangan."
            )

    def _tell(self, verification):
        self.stdout.write(
            f"{verification.sealed} peristiwa tersegel diperiksa, {verification.waiting} menunggu segel, nama pada "
            f"{verification.erased} peristiwa sudah dihapus."
        )
        if verification.known_at is not None:
            self.stdout.write(f"Ujung yang diberikan ada pada tempat {verification.known_at}.")
        self.stdout.write(f"Ujung rantai: {verification.head.hex()}")


def _head(text):
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ArgumentTypeError("isilah 64 digit heksadesimal dari log atau dari seal_audit")
    return bytes.fromhex(text)
