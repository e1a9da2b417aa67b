"""The page of a fault, which names the request so that its lines in the log can be found."""

from django.http import HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from monitoring import request_ids


@requires_csrf_token
def server_error(request):
    """Without context processors: one of them may be what failed."""
    page = loader.get_template("500.html")
    return HttpResponseServerError(page.render({"request_id": request_ids.current()}))
