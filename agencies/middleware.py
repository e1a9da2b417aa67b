"""Every time on a page is the time at the person's own agency; staff powers count only while they are entered."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.second_factor import server_time
from agencies import staff_powers
from agencies.authorization import StaffPowersClosed
from agencies.models import Agency
from agencies.selectors import agency_of
from agencies.staff_door import lead_to_the_door

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


class StaffPowersMiddleware:
    """Holds the person of a request to what was entered, and leads to the door of the staff rooms."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = server_time()
        is_open = staff_powers.are_open(request.session, now=now)
        if not is_open:
            staff_powers.close_powers(request.session)
        staff_powers.bind(request.user, is_open=is_open)
        response = self.get_response(request)
        if is_open and staff_powers.were_used(request.user):
            staff_powers.note_use(request.session, now=now)
        return response

    def process_exception(self, request, exception):
        return lead_to_the_door(request) if isinstance(exception, StaffPowersClosed) else None
