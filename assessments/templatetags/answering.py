"""What the templates of items say about the person's own answer; see ``assessments.item_drawing``."""

from django import template

register = template.Library()


@register.simple_tag
def checked(row, value, part=""):
    """``checked`` for the chosen value of an item, or of one part of it."""
    return row.mark(value, part)
