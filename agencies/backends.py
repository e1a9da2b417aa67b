"""The person behind a session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import F

from accounts.models import User
from agencies.authorization import remember_grants


class PersonBackend(AuthenticationBackend):
    """Reads the person of a session with the roles in one query, because every page needs both."""

    def get_user(self, user_id):
        grants = {
            f"granted_{name}": F(f"role_grants__{name}") for name in ("role", "agency_id", "unit__path")
        }
        rows = list(User.objects.filter(pk=user_id).annotate(**grants).order_by("role_grants__pk"))
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        found = [(row.granted_role, row.granted_agency_id, row.granted_unit__path) for row in rows]
        remember_grants(rows[0], [grant for grant in found if grant[0]])
        return rows[0]
