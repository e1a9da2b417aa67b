"""The demo's people and what they would type, on the pages of signing in and nowhere else."""

from allauth.account.internal.stagekit import get_pending_stage
from django.conf import settings

from accounts.one_time_codes import code_of, step_at
from accounts.second_factor import server_time
from accounts.second_factor_forms import is_spent
from demo.world.listed import listed_people
from demo.world.places import APP_SECRET, PASSWORD

SIGN_IN, CODE, CONFIRM_BY_CODE, CONFIRM = (
    "account_login",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "account_reauthenticate",
)


def people(request):
    """``demo_people`` for a visitor of the sign-in page, the code or the password where one is asked for.

    Other pages cost no query.
    """
    match = request.resolver_match
    if not settings.CERMIN_DEMO or match is None:
        return {}
    user = getattr(request, "user", None)
    if match.view_name == SIGN_IN and not (user and user.is_authenticated):
        return {"demo_people": listed_people()}
    if match.view_name == CONFIRM:
        return {"demo_password": PASSWORD}
    if match.view_name == CODE:
        stage = get_pending_stage(request)
        return {"demo_code": _code(stage.login.user)} if stage else {}
    if match.view_name == CONFIRM_BY_CODE:
        return {"demo_code": _code(user)}
    return {}


def _code(person):
    """A code that is right now and that the person has not used; None if all are used up."""
    step = step_at(server_time())
    codes = (code_of(APP_SECRET, step + away) for away in (0, 1, -1))
    return next((code for code in codes if not is_spent(person, code)), None)
