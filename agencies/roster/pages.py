"""What the page of one upload shows: progress, or counts, examples and problems."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import RosterUpload
from agencies.roster.actions import APPLY
from agencies.selectors import last_job
from background.models import BackgroundJob

State = RosterUpload.State


@dataclass(frozen=True)
class Difference:
    """One kind of change: what it is called, how many there are, and the first of them."""

    kind: str
    title: str
    about: str
    count: int
    examples: list


@dataclass(frozen=True)
class ShownProblem:
    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class RosterPage:
    """``job``: the newest piece of work about the upload; ``is_busy``: somebody works on it."""

    upload: RosterUpload
    job: BackgroundJob | None
    is_busy: bool
    is_applying: bool
    failure: str
    differences: list
    unchanged: int
    problems: list
    problem_kinds: list
    rejected: int
    to_write: int
    leavers_kept: int
    absent_units: int
    is_ready: bool
    is_applied: bool


def roster_page(upload) -> RosterPage:
    job = last_job(upload)
    is_busy = job is not None and not job.is_finished
    failed = job is not None and job.state == BackgroundJob.State.FAILED and upload.state not in _ENDED
    preview = upload.preview
    counts = preview.get("counts", {})
    left = counts.get("left", 0)
    keeps_leavers = bool(left) and not preview.get("leavers_end", True) and upload.state == State.READY
    differences = [
        Difference(kind, title, about, counts.get(kind, 0), preview.get("examples", {}).get(kind, []))
        for kind, title, about in _kinds(upload.kind)
        if counts.get(kind) and not (kind == "left" and keeps_leavers)
    ]
    return RosterPage(
        upload=upload,
        job=job,
        is_busy=is_busy,
        is_applying=is_busy and job.kind == APPLY,
        failure=_(job.reason) if failed else "",
        differences=differences,
        unchanged=counts.get("same", 0),
        problems=[_shown(problem) for problem in preview.get("problems", [])],
        problem_kinds=[(_without_values(sentence), count) for sentence, count in preview.get("kinds", [])],
        rejected=counts.get("rejected", 0),
        to_write=sum(difference.count for difference in differences),
        leavers_kept=left if keeps_leavers else 0,
        absent_units=counts.get("absent", 0),
        is_ready=upload.state == State.READY and not is_busy,
        is_applied=upload.state == State.APPLIED,
    )


_ENDED = (State.APPLIED, State.DISCARDED)


def _kinds(kind):
    if kind == RosterUpload.Kind.UNITS:
        return [
            ("new", _("Unit baru"), _("Ditambahkan ke susunan unit kerja.")),
            (
                "moved",
                _("Unit pindah"),
                _("Pindah bersama semua yang di bawahnya; hasil periode lama tidak berubah."),
            ),
            ("renamed", _("Nama unit berubah"), ""),
        ]
    return [
        ("new", _("Pegawai baru"), _("Akunnya dibuat bila belum ada, dan penempatannya dimulai.")),
        ("moved", _("Pindah unit"), _("Penempatan lama diakhiri, yang baru dimulai.")),
        ("changed", _("Data berubah"), _("Nama, gelar, surel atau jabatan.")),
        ("left", _("Keluar"), _("Penempatannya diakhiri; akun dan datanya tidak dihapus.")),
    ]


def _shown(problem):
    sentence, column, values = problem["sentence"], problem["column"], problem["values"]
    return ShownProblem(problem["row"], _(column), _(sentence) % values if values else _(sentence))


def _without_values(sentence):
    """A kind of problem, whatever the numbers in single rows are."""
    return (
        _(sentence)
        .replace("%(row)d", "…")
        .replace("%(count)d", "…")
        .replace("%(most)d", "…")
        .replace("%(names)s", "…")
    )
