"""What every page's header needs to know."""

from django.conf import settings

from agencies import staff_powers
from agencies.authorization import Permission, has_work_in_admin, holds_staff_role, reach_of_roles


def navigation(request):
    """The product's name, and which doors the signed-in person has."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"product_name": settings.PRODUCT_NAME, "nav": {}}
    return {
        "product_name": settings.PRODUCT_NAME,
        "nav": {
            "dashboard": bool(
                reach_of_roles(user, Permission.VIEW_AGENCY_RESULTS)
                or reach_of_roles(user, Permission.VIEW_NATIONAL_RESULTS)
            ),
            "campaigns": bool(reach_of_roles(user, Permission.MANAGE_CAMPAIGN)),
            "people": bool(reach_of_roles(user, Permission.MANAGE_PEOPLE)),
            "measurement": bool(reach_of_roles(user, Permission.MANAGE_MEASUREMENT)),
            "admin": has_work_in_admin(user),
            "is_staff": holds_staff_role(user),
            "staff_powers_are_open": holds_staff_role(user) and staff_powers.count_for(user),
        },
    }
