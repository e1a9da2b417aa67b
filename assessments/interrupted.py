"""A page of answers that arrived after its session had ended, kept until the person has signed in again.

It waits in the visitor's new session on the server: answers in an address would end up in logs. Whose it is cannot be
known yet, so it is only ever shown by the page of the attempt itself, which opens for its own person alone, and it is
written by nothing but that person's next save.
"""

from django.http import QueryDict

_KEY = "interrupted_page"
# A page of six items with an open text of 2,000 characters, percent-encoded, and some room; anything larger is no page.
_MOST_CHARACTERS = 16_000
_KEPT_FOR = 30 * 60  # seconds until the visitor's session ends with it


def keep(request):
    """Puts the posted page into the visitor's session. Returns whether it fitted."""
    posted = request.POST.copy()
    posted.pop("csrfmiddlewaretoken", None)
    body = posted.urlencode()
    if len(body) > _MOST_CHARACTERS:
        return False
    request.session[_KEY] = {"path": request.path, "body": body}
    request.session.set_expiry(_KEPT_FOR)
    return True


def take(request):
    """The page kept for this address, as posted data, once; None if there is none."""
    kept = request.session.get(_KEY)
    if kept is None or kept["path"] != request.path:
        return None
    del request.session[_KEY]
    return QueryDict(kept["body"])
