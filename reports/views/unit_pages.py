"""Pages about one unit of frozen results beside the summary: items, groups, comparisons, learning needs."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.pages.comparisons import comparisons_page
from reports.pages.groups import groups_page
from reports.pages.items import items_page
from reports.pages.learning import learning_page
from reports.pages.reading import open_unit
from reports.reach import campaign_of_agency, reach_of, unit_named
from reports.selectors import release_of


@require_safe
def items(request, **address):
    campaign, agency, opened = opened_unit(request, **address)
    page = items_page(opened, request.GET.get("kuesioner", ""))
    return _answer(request, "items", campaign, agency, page)


@require_safe
def groups(request, **address):
    campaign, agency, opened = opened_unit(request, **address)
    return _answer(request, "groups", campaign, agency, groups_page(opened))


@require_safe
def comparisons(request, **address):
    campaign, agency, opened = opened_unit(request, **address)
    return _answer(request, "comparisons", campaign, agency, comparisons_page(opened, campaign, agency))


@require_safe
def learning(request, **address):
    campaign, agency, opened = opened_unit(request, **address)
    return _answer(request, "learning", campaign, agency, learning_page(opened))


def opened_unit(request, *, campaign_id, agency_code, unit_code):
    """Campaign, agency and unit of an address; 404 for whoever may not know of them, and before the freeze."""
    reach = reach_of(request.user)
    try:
        campaign, agency = campaign_of_agency(
            reach, campaign_id=campaign_id, agency_code=agency_code, frozen_exists=release_of
        )
        release = release_of(campaign, agency)
        if release is None:
            raise Http404
        unit = unit_named(agency, unit_code)
        return campaign, agency, open_unit(request.user, campaign, agency, unit, release=release)
    except ObjectDoesNotExist:
        raise Http404 from None


def _answer(request, tab, campaign, agency, page):
    context = {"campaign": campaign, "agency": agency, "tab": tab, "page": page.opened, "content": page}
    return render(request, f"reports/unit_{tab}.html", context)
