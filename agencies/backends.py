"""The person behind a session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import F

from agencies.authorization import remember_grants
from agencies.models import RoleGrant


class PersonBackend(AuthenticationBackend):
    """Reads the person of a session with the roles in one query, because every page needs both."""

    def get_user(self, user_id):
        rows = RoleGrant.objects.filter(user=user_id).select_related("user").order_by("pk")
        grants = list(rows.annotate(unit_path=F("unit__path")))
        user = grants[0].user if grants else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        remember_grants(user, [(grant.role, grant.agency_id, grant.unit_path) for grant in grants])
        return user
