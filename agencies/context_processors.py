"""What every page's header needs to know."""

from django.conf import settings

from agencies.authorization import Permission, grants_of, has_permission, may_enter_admin


def navigation(request):
    """The product's name, and which doors the signed-in person has."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"product_name": settings.PRODUCT_NAME, "nav": {}}
    return {
        "product_name": settings.PRODUCT_NAME,
        "nav": {
            "dashboard": bool(grants_of(user))
            and (
                has_permission(user, Permission.VIEW_AGENCY_RESULTS)
                or has_permission(user, Permission.VIEW_NATIONAL_RESULTS)
            ),
            "campaigns": bool(grants_of(user)) and has_permission(user, Permission.MANAGE_CAMPAIGN),
            "people": has_permission(user, Permission.MANAGE_PEOPLE),
            "admin": may_enter_admin(user),
        },
    }
