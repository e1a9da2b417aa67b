"""Every time on a page is the time at the person's own agency."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from agencies.models import Agency
from agencies.selectors import agency_of

_SESSION_KEY = "zone"


class AgencyTimeMiddleware:
    """Activates the time zone of the signed-in person's agency; looked up once for each session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        name = request.session.get(_SESSION_KEY)
        if name is None:
            agency = agency_of(request.user)
            name = Agency.ZONES[agency.time_zone].key if agency else timezone.get_default_timezone_name()
            request.session[_SESSION_KEY] = name
        with timezone.override(ZoneInfo(name)):
            return self.get_response(request)
