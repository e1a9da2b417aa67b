"""The cells of a heat map and of its table, drawn here: a page has many hundreds, each dear to the template engine."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from reports.frozen_values import interval_text

register = template.Library()


@register.simple_tag
def heat_cells(row, hidden):
    """The shaded cells of a unit that is shown. ``hidden``: the words for a cell that is not."""
    hatched = format_html('<span class="visually-hidden">{}</span>', hidden)
    drawn = ((f"c{cell.shade}", cell.display) if cell.is_shown else ("hid", hatched) for cell in row.cells)
    return format_html_join("", '<td class="{}">{}</td>', drawn)


@register.simple_tag(takes_context=True)
def figure_rows(context, row, hidden):
    """The table rows of a unit that is shown: its name beside them all, and a scale in each."""
    response = context.template.engine.get_template("reports/_response.html").render(context)
    head = format_html(
        '<th scope="rowgroup" rowspan="{}">{}{}</th>', str(len(row.cells)), row.unit.name, response
    )
    language = get_language() or "id"
    names = [name.in_language(language) for name in row.dimensions]
    drawn = (
        (head if place == 0 else "", name, _figures(cell, hidden))
        for place, (name, cell) in enumerate(zip(names, row.cells, strict=True))
    )
    return format_html_join("", "<tr>{}<td>{}</td>{}</tr>", drawn)


def _figures(cell, hidden):
    if not cell.is_shown:
        return format_html('<td colspan="3">{}</td>', hidden)
    return format_html(
        '<td class="num">{}</td><td class="num">{}</td><td class="num">{}</td>',
        # Grouping is dear, and short numbers have no groups.
        number_format(cell.cell.n, force_grouping=True) if cell.cell.n >= 1000 else cell.cell.n,
        cell.display,
        interval_text(cell.interval),
    )
