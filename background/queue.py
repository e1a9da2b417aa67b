"""The only door to django-tasks: what it carries from the server to a worker is the id of a job, and nothing else."""

from django.utils import timezone
from django_tasks import task, task_backends
from django_tasks.base import TaskResultStatus
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult


@task(takes_context=True)
def run_job(context, job_id: int):
    """Does one job; whatever goes wrong is told by the job, never by the queue."""
    from background.running import run  # which leads back here by way of the actions

    run(job_id=job_id, task_id=str(context.task_result.id))


def add(job):
    """Lets a worker have the job; without workers (tests, first steps) it is done at once."""
    run_job.enqueue(job.pk)


def has_workers() -> bool:
    """Whether work is done by processes of their own, and not at once by whoever asks."""
    return isinstance(task_backends["default"], DatabaseBackend)


def forget(task_id):
    """Closes the entry of a worker that has died, which would say "running" for ever."""
    if task_id and has_workers():
        DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED, finished_at=timezone.now()
        )
