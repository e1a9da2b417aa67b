"""Words of the plan for templates."""

from django import template

from development.methods import method_name

register = template.Library()

register.filter("method_name", method_name)
