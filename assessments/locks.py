"""Rows that a statement holds while it writes, so that "before or after" is a fact."""

from django.db.models import Subquery

from assessments.models import Assignment, campaign_takes_answers


class HeldTask(Subquery):
    """The task with this key if its campaign takes answers at the moment; else nothing, to which no row is equal.

    PostgreSQL locks both rows as it reads them, until the transaction ends: the task, because of two questionnaires
    of one task sent at once the second must see the first to know that the task is done; and the campaign against
    closing, in a lock that senders share, for which Django has no word. SQLite has one write lock, which every
    transaction takes at its beginning.
    """

    def __init__(self, assignment_id, now):
        asked = Assignment.objects.filter(campaign_takes_answers(now, path="campaign__"), pk=assignment_id)
        super().__init__(asked.values("pk"))

    def as_postgresql(self, compiler, connection):
        sql, parameters = self.as_sql(compiler, connection)
        task, campaign = self.query.alias_map  # in the order of the join
        return f"{sql[:-1]} FOR UPDATE OF {task} FOR SHARE OF {campaign})", parameters
