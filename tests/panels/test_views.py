"""The pages of an expert, and everything that somebody without the right link may try."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from panels import actions
from panels.forms import LONGEST_NOTE, page_token
from panels.material import read
from panels.models import ExpertPanel, PanelNote
from panels.tokens import new_token
from tests.factories.accounts import UserFactory
from tests.factories.panels import finished_expert, invited, open_panel, ratings_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def panel():
    return open_panel()


@pytest.fixture
def invitation(panel, client):
    """An expert whose browser has come in by the link."""
    return admitted(client, panel)


def admitted(client, panel):
    [(invitation, token)] = invited(panel)
    assert client.get(door(token)).status_code == 302
    return invitation


def door(token):
    return reverse("panels:enter", args=[token])


def start(panel):
    return reverse("panels:introduction", args=[panel.public_id])


def page(panel, number):
    return reverse("panels:page", args=[panel.public_id, number])


def end(panel):
    return reverse("panels:finish", args=[panel.public_id])


def base(panel, number, ratings=None, notes=None):
    return page_token(read(panel.material).pages[number - 1], ratings or {}, notes or {})


FIRST = {"V1-A": "5", "V1-B": "4", "V1-C": "2", "V1-D": "1"}


# --- coming in ----------------------------------------------------------------------------------------------------


def test_the_link_leads_on_without_the_token(client, panel):
    [(_invitation, token)] = invited(panel)
    response = client.get(door(token))
    assert response.headers["Location"] == start(panel)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert token not in response.cookies.output()
    text = client.get(start(panel)).content.decode()
    assert token not in text
    assert "Terima kasih sudah bersedia" in text


def test_the_cookie_goes_to_the_pages_of_this_panel_only(client, panel):
    [(_invitation, token)] = invited(panel)
    cookie = client.get(door(token)).cookies["cermin_panel"]
    assert cookie["path"] == start(panel)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE


def test_pages_of_an_expert_stay_out_of_caches_and_search_engines(client, panel, invitation):
    for url in (start(panel), page(panel, 1), end(panel), door(new_token())):
        response = client.get(url)
        assert "no-store" in response.headers["Cache-Control"], url
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow", url
        assert response.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, url


def test_looking_at_the_link_changes_nothing(client, panel, invitation):
    """Mail programmes open links before people do."""
    client.get(start(panel))
    client.get(page(panel, 1))
    invitation.refresh_from_db()
    assert invitation.opened_at is None


@pytest.mark.parametrize("token", ["mZ7DXN27sLQmoFRTVdOcgoVw0suLo1fNiKg5JkYYr_k", "a", "0" * 64, "x" * 2000])
def test_an_unknown_token_opens_nothing_and_says_what_to_do(client, panel, token):
    response = client.get(door(token))
    assert response.headers["Location"] == reverse("panels:unknown_link")
    assert "cermin_panel" not in response.cookies
    response = client.get(reverse("panels:unknown_link"))
    assert response.status_code == 404
    assert "Tautan ini tidak dikenal" in response.content.decode()


def test_no_log_holds_a_token_that_misses_a_letter(client, panel, caplog):
    [(_invitation, token)] = invited(panel)
    client.get(door(token[:-1]), follow=True)
    assert "tautan-tidak-dikenal" in caplog.text
    assert token[:-1] not in caplog.text


def test_a_link_is_read_and_never_posted(client, panel):
    [(_invitation, token)] = invited(panel)
    assert client.post(door(token)).status_code == 405


def test_guessing_is_slowed_down(client):
    cache.clear()
    statuses = [client.get(door(new_token())).status_code for _n in range(31)]
    assert (statuses[:30], statuses[30]) == ([302] * 30, 429)
    cache.clear()


def test_saving_without_end_is_slowed_down(client, panel, invitation, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"panel_save": "2/m/key"}
    statuses = [client.post(page(panel, 1), {"base": base(panel, 1)}).status_code for _n in range(3)]
    assert statuses == [302, 302, 429]


def test_without_the_cookie_no_page_opens(client, panel):
    invited(panel)
    for url in (start(panel), page(panel, 1), end(panel)):
        for response in (client.get(url), client.post(url)):
            assert response.status_code == 404
            assert "tautan undangan" in response.content.decode()


def test_an_account_opens_no_page_of_an_expert(client, panel):
    client.force_login(panel.created_by)
    assert client.get(start(panel)).status_code == 404


def test_the_cookie_of_one_panel_opens_no_other(client, panel, invitation):
    other = open_panel()
    invited(other)
    value = client.cookies["cermin_panel"].value
    client.cookies["cermin_panel"] = value
    client.cookies["cermin_panel"]["path"] = "/"
    assert client.get(start(panel)).status_code == 200
    for url in (start(other), page(other, 1)):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "spoil", [lambda value: value[:-1] + "x", lambda value: "x", lambda value: value[9:]]
)
def test_a_forged_cookie_opens_nothing(client, panel, invitation, spoil):
    client.cookies["cermin_panel"] = spoil(client.cookies["cermin_panel"].value)
    assert client.get(start(panel)).status_code == 404


def test_a_new_link_ends_the_link_and_the_cookie_before(client, panel):
    [(invitation, old)] = invited(panel)
    client.get(door(old))
    new = actions.renew_link(invitation=invitation, seen_at=invitation.link_made_at, by=panel.created_by)
    assert client.get(start(panel)).status_code == 404
    assert client.get(door(old)).headers["Location"] == reverse("panels:unknown_link")
    client.get(door(new))
    assert client.get(start(panel)).status_code == 200


def test_a_withdrawn_link_says_so(client, panel):
    [(invitation, token)] = invited(panel)
    client.get(door(token))
    actions.revoke_invitation(invitation=invitation, by=panel.created_by)
    for url in (door(token), start(panel), page(panel, 1)):
        response = client.get(url, follow=True)
        assert response.status_code == 410
        assert "dicabut oleh penyunting" in response.content.decode()


def test_a_panel_that_is_over_says_so(client, panel):
    [(invitation, token)] = invited(panel)
    client.get(door(token))
    ExpertPanel.objects.filter(pk=panel.pk).update(
        opens_at=NOW - timedelta(days=2), closes_at=NOW - timedelta(days=1)
    )
    for url in (door(token), start(panel)):
        response = client.get(url, follow=True)
        assert response.status_code == 410
        assert "sudah berakhir" in response.content.decode()
    assert client.post(page(panel, 1), {"base": base(panel, 1), **FIRST}).status_code == 410
    assert ratings_of(invitation) == {}


# --- what an expert reads -----------------------------------------------------------------------------------------


def test_the_introduction_says_what_how_long_and_who_sees_what(client, panel, invitation):
    text = client.get(start(panel)).content.decode()
    for sign in ("2 situasi dan 5 pasangan", "menit", "hanya dilihat penyunting", "8 pakar", "Mulai menilai"):
        assert sign in text


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_page_shows_key_reasons_or_other_experts(client, panel, number):
    other = finished_expert(panel, {"V1": {"A": 5}})
    actions.revoke_invitation(invitation=invited(panel)[0][0], by=panel.created_by)
    admitted(client, panel)
    text = client.get(page(panel, number)).content.decode()
    assert "Rahasia" not in text
    assert "effectiveness" not in text
    assert "4.6" not in text
    assert "4,6" not in text
    assert other.name not in text
    assert " checked" not in text


def test_a_page_asks_every_option_in_the_experts_own_order(client, panel, invitation):
    def order():
        return re.findall(r'<fieldset id="(V1-\w)"', client.get(page(panel, 1)).content.decode())

    assert sorted(order()) == ["V1-A", "V1-B", "V1-C", "V1-D"]
    assert order() == order()


def test_scripts_in_names_purposes_and_remarks_are_text(client, panel):
    evil = "<script>alert(1)</script>"
    ExpertPanel.objects.filter(pk=panel.pk).update(purpose=evil)
    [(_invitation, token)] = actions.invite_experts(
        panel=panel, experts=[actions.NewExpert(evil)], by=panel.created_by
    )
    client.get(door(token))
    client.post(page(panel, 1), {"base": base(panel, 1), "V1-catatan": evil})
    for url in (start(panel), page(panel, 1)):
        text = client.get(url).content.decode()
        assert evil not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_speak_both_languages_and_keep_the_strict_policy(client, panel, invitation, language):
    client.cookies["django_language"] = language
    action = "Action A." if language == "en" else "Tindakan A."
    for url in (start(panel), page(panel, 1), page(panel, 3), end(panel)):
        response = client.get(url)
        text = response.content.decode()
        assert f'<html lang="{language}"' in text
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert re.search(r"<script|\sstyle=|\son[a-z]+=", text) is None
        assert text.count("<h1") == 1
    assert action in client.get(page(panel, 1)).content.decode()


# --- rating -------------------------------------------------------------------------------------------------------


def test_an_expert_goes_from_the_link_to_the_end(client, panel, invitation):
    assert client.post(start(panel)).headers["Location"] == page(panel, 1)
    asked = read(panel.material)
    for current in asked.pages:
        posted = {f"{item}-{target}": "4" for item, target in current.keys}
        response = client.post(
            page(panel, current.number), {**posted, "base": base(panel, current.number), "go": "next"}
        )
        following = page(panel, current.number + 1) if current.number < 4 else end(panel)
        assert response.headers["Location"] == following
    assert "belum lengkap" not in client.get(end(panel)).content.decode()
    assert client.post(end(panel), follow=True).status_code == 200
    invitation.refresh_from_db()
    assert invitation.finished_at >= invitation.opened_at
    assert len(ratings_of(invitation)) == len(asked.keys) == 17


def test_coming_back_leads_to_the_first_page_that_is_not_complete(client, panel, invitation):
    client.post(page(panel, 1), {**FIRST, "base": base(panel, 1), "go": "later"})
    assert "4 dari 17 penilaian tersimpan" in client.get(start(panel)).content.decode()
    assert client.post(start(panel)).headers["Location"] == page(panel, 2)
    text = client.get(page(panel, 1)).content.decode()
    assert text.count(" checked") == 4


def test_what_is_missing_is_listed_and_may_stay_missing(client, panel, invitation):
    client.post(page(panel, 1), {**FIRST, "base": base(panel, 1)})
    text = client.get(end(panel)).content.decode()
    assert "Halaman yang belum lengkap" in text
    assert page(panel, 2) in text
    assert page(panel, 1) not in text
    assert client.post(end(panel)).status_code == 302
    assert "sudah dihitung" in client.get(end(panel)).content.decode()


def test_an_empty_hand_cannot_be_sent(client, panel, invitation):
    response = client.post(end(panel))
    assert response.status_code == 409
    assert "belum menilai apa pun" in response.content.decode()


@pytest.mark.parametrize("value", ["0", "6", "-1", "3.5", "satu", "٣", "1e0", " "])
def test_a_value_off_the_scale_is_refused_and_the_rest_is_drawn_again(client, panel, invitation, value):
    response = client.post(page(panel, 1), {**FIRST, "V1-A": value, "base": base(panel, 1)})
    assert response.status_code == 400
    assert "di luar 1 sampai 5" in response.content.decode()
    assert response.content.decode().count(" checked") == 3
    assert ratings_of(invitation) == {}


@pytest.mark.parametrize("name", ["V1-E", "V2-A", "B4-left", "V9-A", "V1", "id", "is_admin"])
def test_a_forged_field_is_refused_whole(client, panel, invitation, name):
    response = client.post(page(panel, 1), {**FIRST, name: "3", "base": base(panel, 1)})
    assert response.status_code == 400
    assert "isian yang tidak dikenal" in response.content.decode()
    assert ratings_of(invitation) == {}


@pytest.mark.parametrize("number", [0, 5, 999])
def test_a_page_that_is_not_there_leads_to_the_beginning(client, panel, invitation, number):
    assert client.get(page(panel, number)).headers["Location"] == start(panel)
    assert client.post(page(panel, number), FIRST).headers["Location"] == start(panel)
    assert ratings_of(invitation) == {}


def test_a_double_post_is_saved_once(client, panel, invitation):
    for _n in range(2):
        client.post(page(panel, 1), {**FIRST, "base": base(panel, 1)})
    assert ratings_of(invitation) == {("V1", "A"): 5, ("V1", "B"): 4, ("V1", "C"): 2, ("V1", "D"): 1}


def test_an_old_tab_writes_only_what_was_changed_in_it(client, panel, invitation):
    drawn = base(panel, 1)
    client.post(page(panel, 1), {**FIRST, "V1-catatan": "Dari tab baru.", "base": drawn})
    # The old tab was drawn empty; in it only D was chosen.
    client.post(page(panel, 1), {"V1-D": "3", "V1-catatan": "", "base": drawn})
    assert ratings_of(invitation) == {("V1", "A"): 5, ("V1", "B"): 4, ("V1", "C"): 2, ("V1", "D"): 3}
    assert PanelNote.objects.get().text == "Dari tab baru."


def test_a_tab_drawn_before_a_change_does_not_take_it_back(client, panel, invitation):
    client.post(page(panel, 1), {**FIRST, "base": base(panel, 1)})
    seen = base(panel, 1, ratings_of(invitation))
    client.post(page(panel, 1), {**FIRST, "V1-A": "2", "base": seen})
    client.post(page(panel, 1), {**FIRST, "V1-B": "3", "base": seen})
    assert ratings_of(invitation) == {("V1", "A"): 2, ("V1", "B"): 3, ("V1", "C"): 2, ("V1", "D"): 1}


@pytest.mark.parametrize("forged", ["", "x", "....", "9" * 900, "0000.0.0.0.0"])
def test_a_forged_base_does_no_harm(client, panel, invitation, forged):
    """The worst it can do is to leave out what its own page says."""
    assert client.post(page(panel, 1), {**FIRST, "base": forged}).status_code == 302
    assert ratings_of(invitation) == {("V1", "A"): 5, ("V1", "B"): 4, ("V1", "C"): 2, ("V1", "D"): 1}


def test_a_remark_is_kept_in_its_own_words(client, panel, invitation):
    text = "Opsi A & B mirip;\r\nlihat pasal 7."
    client.post(page(panel, 1), {"V1-catatan": text, "base": base(panel, 1)})
    assert PanelNote.objects.get().text == "Opsi A & B mirip;\nlihat pasal 7."
    assert "Opsi A &amp; B mirip" in client.get(page(panel, 1)).content.decode()


def test_a_remark_may_be_as_long_as_the_page_says(client, panel, invitation):
    lines = "a\r\n" * (LONGEST_NOTE // 2 - 1) + "b"
    assert client.post(page(panel, 1), {"V1-catatan": lines, "base": base(panel, 1)}).status_code == 302
    assert len(PanelNote.objects.get().text) == LONGEST_NOTE - 1


def test_a_huge_remark_is_refused_and_stays_on_the_page(client, panel, invitation):
    response = client.post(page(panel, 1), {**FIRST, "V1-catatan": "x" * 10_000, "base": base(panel, 1)})
    text = response.content.decode()
    assert response.status_code == 400
    assert "paling panjang 1000 karakter; yang ini 10000" in text
    assert "x" * 10_000 in text
    assert text.count(" checked") == 4
    assert ratings_of(invitation) == {}


def test_a_nul_in_a_remark_is_refused(client, panel, invitation):
    response = client.post(page(panel, 1), {"V1-catatan": "a\x00b", "base": base(panel, 1)})
    assert response.status_code == 400
    assert not PanelNote.objects.exists()


def test_after_finishing_nothing_changes(client, panel, invitation):
    client.post(page(panel, 1), {**FIRST, "base": base(panel, 1)})
    client.post(end(panel))
    response = client.post(page(panel, 1), {**FIRST, "V1-A": "1", "base": base(panel, 1)})
    assert response.status_code == 409
    assert "sudah menyelesaikan" in response.content.decode()
    assert client.get(page(panel, 1)).status_code == 200
    assert client.post(end(panel)).status_code == 409
    assert client.post(start(panel)).status_code == 409
    assert ratings_of(invitation)["V1", "A"] == 5


def test_before_the_panel_opens_the_introduction_can_be_read(client):
    panel = open_panel(opens_at=timezone.now() + timedelta(days=1))
    invitation = admitted(client, panel)
    text = client.get(start(panel)).content.decode()
    assert "Simpan tautan Anda" in text
    assert "Mulai menilai" not in text
    assert client.post(start(panel)).status_code == 409
    assert client.post(page(panel, 1), FIRST).status_code == 409
    assert ratings_of(invitation) == {}


def test_a_post_from_elsewhere_is_refused(panel):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    invitation = admitted(strict, panel)
    assert strict.post(page(panel, 1), {**FIRST, "base": base(panel, 1)}).status_code == 403
    assert ratings_of(invitation) == {}


def test_a_page_costs_the_same_queries_however_much_is_rated(client, panel, django_assert_num_queries):
    invitation = admitted(client, panel)
    client.get(page(panel, 3))
    with django_assert_num_queries(3):  # the invitation with its panel, the ratings, the remarks
        client.get(page(panel, 3))
    every = dict.fromkeys(read(panel.material).keys, 3)
    actions.save_ratings(invitation=invitation, ratings=every, notes={"B4": "Ya.", "B5": "Ya."})
    for _n in range(3):
        finished_expert(panel)
    with django_assert_num_queries(3):
        client.get(page(panel, 3))


def test_a_signed_in_person_can_be_an_expert_too(client, panel):
    client.force_login(UserFactory())
    admitted(client, panel)
    assert client.get(page(panel, 1)).status_code == 200
