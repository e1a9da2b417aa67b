"""Template access to the two languages of questionnaire texts."""

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def localised(text):
    """A ``version_document.Text`` in the language of the page; empty for a text that is not there."""
    return text.in_language(get_language() or "id") if text else ""
