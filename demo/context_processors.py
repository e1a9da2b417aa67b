"""The demo's people, on the sign-in page and nowhere else."""

from django.conf import settings

from demo.world.listed import listed_people

SIGN_IN = "account_login"


def people(request):
    """``demo_people`` for a visitor on the sign-in page; other pages cost no query."""
    match = request.resolver_match
    if not settings.CERMIN_DEMO or match is None or match.view_name != SIGN_IN:
        return {}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return {}
    return {"demo_people": listed_people()}
