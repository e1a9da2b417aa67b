"""What a page must be so that everybody can use it, measured in the browser.

Every function gives sentences that say what is wrong; an empty list is what the product promises.
"""

import functools
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from whitenoise.compress import Compressor

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# WCAG 2.2 at levels A and AA, and what axe's makers call good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# CSS pixels: the narrowest page that WCAG asks for, a phone, a laptop enlarged to 200 %, and a laptop.
WIDTHS = (320, 360, 640, 1280)
SMALLEST_TARGET, ANSWERING_TARGET = 24, 44

FIRST_LOAD = 200_000  # bytes, of any page
ANSWERING_PAGE = 60_000  # bytes, once the style sheets, the letters and the script are in the browser
HEADERS = 500  # bytes that a response has before its body, about


@dataclass(frozen=True)
class Look:
    """One way to look at a page: everything is examined in ``theme``, and colours in the other theme as well."""

    language: str
    width: int
    theme: str

    @property
    def other_theme(self):
        return "dark" if self.theme == "light" else "light"


# Each page is loaded twice, which shows both languages, both widths and both themes. CERMIN_EVERY_LOOK=1 looks at all
# combinations; the colours do not depend on the language, nor the words on the theme.
LOOKS = [Look("id", 360, "light"), Look("en", 1280, "dark")]
if os.environ.get("CERMIN_EVERY_LOOK") == "1":
    LOOKS += [Look("en", 360, "dark"), Look("id", 1280, "light")]


def prepare(page):
    """axe goes in beside the page, past its content security policy; nothing of it is served."""
    page.add_init_script(AXE)
    page.emulate_media(reduced_motion="reduce")


def problems_of(page, look, *, is_answering=False, excused=()):
    """Everything that is wrong with the page that is open, seen as ``look`` says; ``excused`` names rules of axe."""
    page.emulate_media(color_scheme=look.theme)
    page.set_viewport_size({"width": look.width, "height": 740})
    problems = barriers(page, {"type": "tag", "values": RULES}, excused)
    page.emulate_media(color_scheme=look.other_theme)
    problems += [f"{look.other_theme}: {each}" for each in barriers(page, ["color-contrast"])]
    problems += sideways(page) + too_heavy(page, is_answering=is_answering)
    if is_answering:
        page.set_viewport_size({"width": 360, "height": 740})
        problems += small_targets(page)
    return problems


def barriers(page, rules, excused=()):
    """What axe finds, one sentence for each rule that is broken; a colour on its way to another may arrive first."""
    found = page.evaluate(
        """async ([runOnly, excused]) => {
          const rules = Object.fromEntries(excused.map((each) => [each, { enabled: false }]));
          await Promise.allSettled(document.getAnimations().map((each) => each.finished));
          const { violations } = await axe.run(document, { runOnly, rules, resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html, nodes[0].failureSummary]);
        }""",
        [rules, list(excused)],
    )
    return [
        f"axe {name} ({count}): {html[:160]} {' '.join(why.split())[:240]}"
        for name, count, html, why in found
    ]


def sideways(page):
    """Widths at which the page has to be pushed sideways to be read."""
    problems = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        wide = page.evaluate(
            """() => {
              const room = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= room) return null;
              const guilty = [...document.querySelectorAll("body *")]
                .filter((each) => each.getBoundingClientRect().right > room + 1).at(-1);
              return `${document.documentElement.scrollWidth} wide: ${guilty?.outerHTML.slice(0, 160)}`;
            }"""
        )
        if wide:
            problems.append(f"at {width} pixels {wide}")
    return problems


def small_targets(page, least=ANSWERING_TARGET):
    """Everything that a finger must hit on a page of items and that is smaller than a fingertip."""
    small = page.evaluate(
        """(least) => [...document.querySelectorAll("#butir :is(input:not([type=hidden]), button, textarea, summary)")]
          .map((each) => [each, each.getBoundingClientRect()])
          .filter(([, box]) => box.width && Math.min(box.width, box.height) < least)
          .map(([each, { width, height }]) => `${width} x ${height}: ${each.outerHTML.slice(0, 120)}`)""",
        least,
    )
    return [f"too small, {each}" for each in small]


def too_heavy(page, *, is_answering=False):
    """The page with everything it loads, weighed as a server sends it: files compressed, the page itself not."""
    document, loaded = page.evaluate(
        """() => [performance.getEntriesByType("navigation")[0].decodedBodySize,
          performance.getEntriesByType("resource").filter((each) => each.initiatorType !== "iframe")
            .map((each) => each.name)]"""
    )
    here = urlsplit(page.url).netloc
    problems = [f"asks a third party: {url}" for url in loaded if urlsplit(url).netloc != here]
    files = {urlsplit(url).path for url in loaded if urlsplit(url).path.startswith("/static/")}
    first = HEADERS + document + sum(HEADERS + sent_size(path) for path in files)
    if first > FIRST_LOAD:
        problems.append(f"weighs {first} bytes on first load, more than {FIRST_LOAD}")
    if is_answering and HEADERS + document > ANSWERING_PAGE:
        problems.append(f"weighs {HEADERS + document} bytes after the first, more than {ANSWERING_PAGE}")
    return problems


@functools.cache
def sent_size(path):
    """Bytes of a static file as whitenoise sends it to any browser; Brotli, which most understand, is smaller still."""
    content = Path(finders.find(path.removeprefix("/static/"))).read_bytes()
    if not Compressor(quiet=True).should_compress(path):
        return len(content)
    return min(len(content), len(Compressor.compress_gzip(content)))
