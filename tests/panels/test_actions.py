"""The life of a panel and of an invitation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from panels import actions, policies
from panels.models import ExpertPanel, PanelInvitation, PanelNote, PanelRating
from panels.tokens import digest
from questionnaires.actions import discard_draft, start_draft
from tests.factories.accounts import UserFactory
from tests.factories.panels import AGREED, finished_expert, invited, open_panel, ratings_of
from tests.factories.questionnaires import draft_version, published_version, small_bank

pytestmark = pytest.mark.django_db

NOW = timezone.now()
WINDOW = {"opens_at": NOW, "closes_at": NOW + timedelta(days=7)}


@pytest.fixture
def panel():
    return open_panel()


def events():
    return list(
        AuditEvent.objects.filter(event__startswith="panel.").order_by("pk").values_list("event", flat=True)
    )


# --- making a panel -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make_version", [draft_version, published_version])
def test_a_panel_is_made_for_a_draft_or_a_published_version(make_version):
    version = make_version()
    panel = actions.make_panel(version=version, purpose="Menilai kutub.", by=UserFactory(), **WINDOW)
    assert [pair["code"] for pair in panel.material["pairs"]] == ["B4"]
    assert (panel.state, panel.version_number) == (ExpertPanel.State.OPEN, version.number)
    assert events() == ["panel.created"]


def test_what_was_frozen_stays_when_the_draft_changes():
    version = draft_version()
    panel = actions.make_panel(version=version, purpose="Menilai kutub.", by=UserFactory(), **WINDOW)
    version.items.filter(code="B4").update(left_ind="Lain sama sekali.")
    panel.refresh_from_db()
    assert panel.material["pairs"][0]["left"]["id"] == "Saya bertanya lebih dahulu."


def test_a_panel_outlives_a_draft_that_is_thrown_away():
    version = draft_version()
    panel = actions.make_panel(version=version, purpose="Menilai kutub.", by=UserFactory(), **WINDOW)
    finished_expert(panel, {"B4": {"left": 3, "right": 4}})
    discard_draft(version=version, by=UserFactory())
    panel.refresh_from_db()
    assert (panel.version, panel.version_number) == (None, 1)
    assert PanelRating.objects.count() == 2


def test_a_version_with_nothing_to_rate_gets_no_panel():
    bank = small_bank()
    bank["sections"][1]["items"].pop()
    with pytest.raises(policies.PolicyError, match="tidak ada yang dinilai"):
        actions.make_panel(version=draft_version(bank=bank), purpose="x", by=UserFactory(), **WINDOW)
    assert not ExpertPanel.objects.exists()


def test_a_half_written_item_is_not_put_before_experts():
    version = draft_version()
    version.items.filter(code="B4").update(right_eng="")
    with pytest.raises(policies.PolicyError, match="B4"):
        actions.make_panel(version=version, purpose="x", by=UserFactory(), **WINDOW)


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [(2, 1, "sesudah dibuka"), (1, 1, "sesudah dibuka"), (-3, -1, "sudah lewat")],
)
def test_a_panel_ends_after_it_begins_and_in_the_future(opens, closes, sentence):
    with pytest.raises(policies.PolicyError, match=sentence):
        actions.make_panel(
            version=published_version(),
            purpose="x",
            opens_at=NOW + timedelta(days=opens),
            closes_at=NOW + timedelta(days=closes),
            by=UserFactory(),
        )


# --- inviting -----------------------------------------------------------------------------------------------------


def test_the_database_knows_the_fingerprint_of_a_token_only(panel):
    [(invitation, token)] = invited(panel)
    assert len(token) >= 43  # 256 bits
    stored = PanelInvitation.objects.filter(pk=invitation.pk).values().get()
    assert token not in repr(stored)
    assert stored["link_digest"] == digest(token)
    assert events() == ["panel.created", "panel.experts_invited"]
    assert token not in repr(list(AuditEvent.objects.values_list()))


def test_the_trail_does_not_say_how_an_expert_is_called(panel):
    actions.invite_experts(panel=panel, experts=[actions.NewExpert("Prof. Rahasia")], by=panel.created_by)
    finished_expert(panel)
    assert "Rahasia" not in repr(list(AuditEvent.objects.values_list()))


@pytest.mark.parametrize(
    ("experts", "sentence"),
    [
        ([("Ani", ""), ("Ani", "")], "“Ani” sudah diundang"),
        ([("Ani", "a@contoh.go.id"), ("Budi", "A@contoh.go.id")], "Surel a@contoh.go.id"),
        ([("Cici", "")], "“Cici” sudah diundang"),
        ([("Dedi", "cici@contoh.go.id")], "Surel cici@contoh.go.id"),
        ([(f"Pakar {n}", "") for n in range(policies.MOST_EXPERTS)], "paling banyak berisi 60"),
    ],
)
def test_experts_are_told_apart_and_invited_all_or_none(panel, experts, sentence):
    actions.invite_experts(
        panel=panel, experts=[actions.NewExpert("Cici", "cici@contoh.go.id")], by=panel.created_by
    )
    with pytest.raises(policies.PolicyError, match=sentence):
        actions.invite_experts(
            panel=panel,
            experts=[actions.NewExpert(name, email) for name, email in experts],
            by=panel.created_by,
        )
    assert panel.invitations.count() == 1


def test_a_new_link_ends_the_one_before(panel):
    [(invitation, old)] = invited(panel)
    new = actions.renew_link(invitation=invitation, seen_at=invitation.link_made_at, by=panel.created_by)
    invitation.refresh_from_db()
    assert invitation.link_digest == digest(new) != digest(old)


def test_a_page_sent_twice_makes_one_new_link(panel):
    [(invitation, _old)] = invited(panel)
    seen_at = invitation.link_made_at
    new = actions.renew_link(invitation=invitation, seen_at=seen_at, by=panel.created_by)
    with pytest.raises(policies.PolicyError, match="baru saja dibuat"):
        actions.renew_link(invitation=invitation, seen_at=seen_at, by=panel.created_by)
    invitation.refresh_from_db()
    assert invitation.link_digest == digest(new)


def test_whoever_was_withdrawn_can_be_asked_again(panel):
    [(invitation, _token)] = invited(panel)
    actions.revoke_invitation(invitation=invitation, by=panel.created_by)
    again = actions.NewExpert(invitation.name)
    assert actions.invite_experts(panel=panel, experts=[again], by=panel.created_by)
    with pytest.raises(policies.PolicyError, match="sudah dicabut"):
        actions.renew_link(invitation=invitation, seen_at=invitation.link_made_at, by=panel.created_by)


def test_what_an_expert_has_finished_cannot_be_withdrawn(panel):
    invitation = finished_expert(panel)
    with pytest.raises(policies.PolicyError, match="tetap dihitung"):
        actions.revoke_invitation(invitation=invitation, by=panel.created_by)
    with pytest.raises(policies.PolicyError, match="tidak memerlukan tautan"):
        actions.renew_link(invitation=invitation, seen_at=invitation.link_made_at, by=panel.created_by)


# --- rating -------------------------------------------------------------------------------------------------------


def test_ratings_are_saved_changed_and_saved_twice_without_harm(panel):
    [(invitation, _token)] = invited(panel)
    for value in (3, 3, 5):
        actions.save_ratings(
            invitation=invitation, ratings={("V1", "A"): value}, notes={"V1": "Kurang jelas."}
        )
    assert ratings_of(invitation) == {("V1", "A"): 5}
    assert PanelNote.objects.get().text == "Kurang jelas."
    actions.save_ratings(invitation=invitation, ratings={}, notes={"V1": ""})
    assert not PanelNote.objects.exists()


@pytest.mark.parametrize("key", [("V1", "E"), ("V1", "left"), ("V9", "A"), ("A1", "A"), ("B4", "A")])
def test_what_the_panel_does_not_ask_is_refused_whole(panel, key):
    [(invitation, _token)] = invited(panel)
    with pytest.raises(policies.PolicyError, match="tidak ditanyakan"):
        actions.save_ratings(invitation=invitation, ratings={("V1", "A"): 4, key: 4})
    assert ratings_of(invitation) == {}


def test_a_remark_on_another_item_is_refused(panel):
    [(invitation, _token)] = invited(panel)
    with pytest.raises(policies.PolicyError, match="tidak ditanyakan"):
        actions.save_ratings(invitation=invitation, ratings={}, notes={"A1": "Halo"})


def test_finishing_is_said_once_and_ends_the_rating(panel):
    invitation = finished_expert(panel)
    with pytest.raises(policies.PolicyError, match="sudah menyelesaikan"):
        actions.finish(invitation=invitation)
    with pytest.raises(policies.PolicyError, match="sudah menyelesaikan"):
        actions.save_ratings(invitation=invitation, ratings={("V1", "A"): 1})
    assert ratings_of(invitation)["V1", "A"] == AGREED["V1"]["A"]
    assert events().count("panel.rating_finished") == 1


def test_nobody_finishes_without_a_rating(panel):
    [(invitation, _token)] = invited(panel)
    with pytest.raises(policies.PolicyError, match="belum menilai apa pun"):
        actions.finish(invitation=invitation)


def test_beginning_is_noted_once(panel):
    [(invitation, _token)] = invited(panel)
    first = actions.begin(invitation=invitation).opened_at
    assert actions.begin(invitation=invitation).opened_at == first
    assert events().count("panel.rating_begun") == 1


def test_nobody_rates_before_the_panel_opens():
    [(invitation, _token)] = invited(open_panel(opens_at=timezone.now() + timedelta(days=1)))
    for rate in (
        lambda: actions.begin(invitation=invitation),
        lambda: actions.save_ratings(invitation=invitation, ratings={("V1", "A"): 4}),
    ):
        with pytest.raises(policies.PolicyError, match="baru dibuka pada"):
            rate()


@pytest.mark.parametrize(
    "end",
    [
        lambda panel, invitation: actions.close_panel(panel=panel, by=panel.created_by),
        lambda panel, invitation: ExpertPanel.objects.filter(pk=panel.pk).update(
            opens_at=NOW - timedelta(days=2), closes_at=NOW - timedelta(days=1)
        ),
        lambda panel, invitation: actions.revoke_invitation(invitation=invitation, by=panel.created_by),
    ],
    ids=["closed", "past its time", "withdrawn"],
)
def test_nobody_rates_after_the_end(panel, end):
    [(invitation, _token)] = invited(panel)
    actions.save_ratings(invitation=invitation, ratings={("V1", "A"): 4})
    end(panel, invitation)
    for rate in (
        lambda: actions.begin(invitation=invitation),
        lambda: actions.save_ratings(invitation=invitation, ratings={("V1", "A"): 1}),
        lambda: actions.finish(invitation=invitation),
    ):
        with pytest.raises(policies.LinkDead):
            rate()
    assert ratings_of(invitation) == {("V1", "A"): 4}


# --- the end ------------------------------------------------------------------------------------------------------


def test_a_closed_panel_stands_still(panel):
    [(invitation, _token)] = invited(panel)
    actions.close_panel(panel=panel, by=panel.created_by)
    by, seen_at = panel.created_by, invitation.link_made_at
    for change in (
        lambda: actions.close_panel(panel=panel, by=by),
        lambda: actions.extend_panel(panel=panel, closes_at=NOW + timedelta(days=30), by=by),
        lambda: actions.invite_experts(panel=panel, experts=[actions.NewExpert("Ani")], by=by),
        lambda: actions.revoke_invitation(invitation=invitation, by=by),
        lambda: actions.renew_link(invitation=invitation, seen_at=seen_at, by=by),
    ):
        with pytest.raises(policies.PolicyError, match="sudah ditutup"):
            change()
    assert events()[-1] == "panel.closed"


def test_a_panel_past_its_time_can_be_extended(panel):
    ExpertPanel.objects.filter(pk=panel.pk).update(
        opens_at=NOW - timedelta(days=2), closes_at=NOW - timedelta(days=1)
    )
    [(invitation, _token)] = invited(panel)
    actions.extend_panel(panel=panel, closes_at=timezone.now() + timedelta(days=3), by=panel.created_by)
    actions.save_ratings(invitation=invitation, ratings={("V1", "A"): 4})
    with pytest.raises(policies.PolicyError, match="sudah lewat"):
        actions.extend_panel(panel=panel, closes_at=NOW - timedelta(hours=1), by=panel.created_by)


def test_a_panel_does_not_stand_in_the_way_of_the_next_draft(panel):
    assert (
        start_draft(questionnaire=panel.questionnaire, copy_from=panel.version, by=panel.created_by).number
        == 2
    )
