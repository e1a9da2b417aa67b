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
from reports.replica import read_frozen
from reports.selectors import release_of


@require_safe
def items(request, **address):
    return _answer(
        request, "items", lambda opened, *_: items_page(opened, request.GET.get("kuesioner", "")), **address
    )


@require_safe
def groups(request, **address):
    return _answer(request, "groups", lambda opened, *_: groups_page(opened), **address)


@require_safe
def comparisons(request, **address):
    return _answer(request, "comparisons", comparisons_page, **address)


@require_safe
def learning(request, **address):
    return _answer(request, "learning", lambda opened, *_: learning_page(opened), **address)


def opened_unit(request, **address):
    """Campaign, agency and unit of an address; 404 for whoever may not know of them, and before the freeze."""
    campaign, agency, unit, release = _frozen(request, **address)
    return campaign, agency, _open(request, campaign, agency, unit, release)


def _frozen(request, *, campaign_id, agency_code, unit_code):
    try:
        campaign, agency = campaign_of_agency(
            reach_of(request.user),
            campaign_id=campaign_id,
            agency_code=agency_code,
            frozen_exists=release_of,
        )
        release = release_of(campaign, agency)
        if release is None:
            raise Http404
        return campaign, agency, unit_named(agency, unit_code), release
    except ObjectDoesNotExist:
        raise Http404 from None


def _open(request, campaign, agency, unit, release):
    try:
        return open_unit(request.user, campaign, agency, unit, release=release)
    except ObjectDoesNotExist:
        raise Http404 from None


def _answer(request, tab, content_of, **address):
    """The page of a tab. ``content_of``: what it shows, of the opened unit, the campaign and the agency."""
    campaign, agency, unit, release = _frozen(request, **address)
    page = read_frozen(
        release,
        lambda: content_of(_open(request, campaign, agency, unit, release), campaign, agency),
    )
    context = {"campaign": campaign, "agency": agency, "tab": tab, "page": page.opened, "content": page}
    return render(request, f"reports/unit_{tab}.html", context)
