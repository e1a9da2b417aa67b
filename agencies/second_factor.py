"""Second factors and roles together: whoever holds a role beyond respondent keeps one."""

from accounts.second_factor import FACTORS, SecondFactorAdapter
from agencies.authorization import holds_staff_role


class StaffSecondFactorAdapter(SecondFactorAdapter):
    """The last factor of a role-holder cannot be taken off, only replaced or reset by somebody else."""

    def can_delete_authenticator(self, authenticator):
        if authenticator.type not in FACTORS or not holds_staff_role(authenticator.user):
            return True
        others = authenticator.user.authenticator_set.filter(type__in=FACTORS).exclude(pk=authenticator.pk)
        return others.exists()
