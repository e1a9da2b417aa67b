"""scripts/run.py: where the links in mails of a trial lead."""

import os

import pytest

import run


@pytest.fixture
def no_site_url(monkeypatch):
    """Set before it is taken away, so that whatever the script writes is undone afterwards."""
    monkeypatch.setenv("SITE_URL", "http://somewhere.example")
    monkeypatch.delenv("SITE_URL")
    return monkeypatch


class TestLinksInMails:
    def test_they_open_the_server_on_its_own_port(self, settings, no_site_url):
        settings.CERMIN_LOCAL = True
        run.point_links_here(8123)
        assert os.environ["SITE_URL"] == "http://127.0.0.1:8123"

    def test_a_setting_left_empty_is_as_good_as_none(self, settings, monkeypatch):
        settings.CERMIN_LOCAL = True
        monkeypatch.setenv("SITE_URL", "")
        run.point_links_here(8123)
        assert os.environ["SITE_URL"] == "http://127.0.0.1:8123"

    def test_an_address_of_the_owner_stays(self, settings, monkeypatch):
        settings.CERMIN_LOCAL = True
        monkeypatch.setenv("SITE_URL", "https://cermin.example")
        run.point_links_here(8123)
        assert os.environ["SITE_URL"] == "https://cermin.example"

    def test_outside_a_trial_the_settings_decide(self, settings, no_site_url):
        settings.CERMIN_LOCAL = False
        run.point_links_here(8123)
        assert "SITE_URL" not in os.environ
