"""Take the README's pictures from the running product: `make run` in one terminal, this in another.

    .venv/bin/python scripts/screenshots.py [--url http://127.0.0.1:8000]

It signs in as two of the demo people and writes docs/img/. Chromium must be installed.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "img"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 390, "height": 1060}
LAPTOP = {"width": 1280, "height": 1060}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    url = parser.parse_args().url
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        report = visit(browser, url, "laporan selesai", PHONE)
        report.get_by_role("link", name="Buka laporan Tiga Kepemimpinan").first.click()
        report.screenshot(path=IMAGES / "report-phone.png")
        dashboard = visit(browser, url, "Analis SDM Kabupaten Jenawi", LAPTOP)
        dashboard.get_by_role("button", name="Pakai kode contoh").click()
        dashboard.goto(f"{url}/dasbor/")
        dashboard.get_by_role("button", name="Pakai kata sandi orang contoh").click()
        dashboard.get_by_role("link", name="gelombang I", exact=False).last.click()
        dashboard.screenshot(path=IMAGES / "dashboard-wide.png")
        browser.close()


def visit(browser: Browser, url: str, person: str, viewport: dict):
    """A page on which the demo person with this description has signed in."""
    page = browser.new_context(viewport=viewport, locale="id-ID", color_scheme="light").new_page()
    page.goto(url)
    page.locator("form", has_text=person).get_by_role("button").first.click()
    return page


if __name__ == "__main__":
    main()
