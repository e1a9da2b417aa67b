#!/usr/bin/env python3
"""Fetch the pinned front-end packages and write what we use of them to static/vendor/ and static/img/icons.svg, and
what only the browser tests use to tests/browser/vendor/.

For maintainers only: the results are committed, so running the product needs neither node nor a network.
Run `python scripts/vendor.py`; it needs npm. Install scripts of the packages are never run.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

PACKAGES = {  # npm name: exact version
    "bootstrap": "5.3.9",
    "sass": "1.108.2",  # compiles Bootstrap; nothing of it is shipped
    "bootstrap-icons": "1.13.2",
    "@fontsource-variable/plus-jakarta-sans": "5.3.0",
    "@expo-google-fonts/plus-jakarta-sans": "0.4.2",  # the same letters as TTF, for printed documents
    "sortablejs": "1.15.7",  # dragging items in the editor's room
    "axe-core": "4.14.1",  # looks for barriers in the browser tests; never served
}
SHIPPED = {  # npm name: (title, licence, origin, where it ends up)
    "bootstrap": ("Bootstrap", "MIT", "https://getbootstrap.com", "bootstrap/bootstrap.min.css"),
    "bootstrap-icons": ("Bootstrap Icons", "MIT", "https://icons.getbootstrap.com", "../img/icons.svg"),
    "@fontsource-variable/plus-jakarta-sans": (
        "Plus Jakarta Sans, variable, latin (Tokotype)",
        "OFL-1.1",
        "https://github.com/tokotype/PlusJakartaSans",
        "fonts/plus-jakarta-sans-latin-wght-normal.woff2",
    ),
    "sortablejs": (
        "SortableJS",
        "MIT",
        "https://sortablejs.github.io/Sortable/",
        "sortablejs/Sortable.min.js",
    ),
}
ICONS = """
    house clipboard-check bar-chart gear person box-arrow-right check-lg check-circle exclamation-triangle
    exclamation-circle info-circle arrow-right arrow-left chevron-down clock calendar3 download upload printer eye
    eye-slash lock shield-check cloud-check cloud-slash lightbulb flag people diagram-3 search plus-lg trash pencil
    question-circle share
""".split()

# Only the parts our templates and crispy-bootstrap5 use. Colours and sizes come from static/css/tokens.css at run time.
SCSS = """
@import "bootstrap/scss/functions";
$enable-dark-mode: false; // tokens.css has both schemes
$enable-rfs: false;
$enable-smooth-scroll: false;
$enable-validation-icons: false;
$font-family-sans-serif: "Plus Jakarta Sans", system-ui, sans-serif;
$font-family-monospace: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;
$theme-colors: ("primary": #0a5160);
$colors: ();
$grays: ();
$theme-colors-text: ();
$theme-colors-bg-subtle: ();
$theme-colors-border-subtle: ();
$form-validation-states: (
  "invalid": ("color": var(--danger), "icon": none, "tooltip-color": #fff, "tooltip-bg-color": #000,
    "focus-box-shadow": none, "border-color": var(--danger)));
$grid-breakpoints: (xs: 0, md: 768px);
$container-max-widths: (md: 720px);
$grid-row-columns: 0;
$spacers: (0: 0, 1: .25rem, 2: .5rem, 3: 1rem, 4: 1.5rem);
$gutters: (0: 0, 3: 1rem);
@import "bootstrap/scss/variables";
@import "bootstrap/scss/variables-dark";
$theme-colors-text: ("primary": #0a5160);
$theme-colors-bg-subtle: $theme-colors-text;
$theme-colors-border-subtle: $theme-colors-text;
$theme-colors-text-dark: $theme-colors-text;
$theme-colors-bg-subtle-dark: $theme-colors-text;
$theme-colors-border-subtle-dark: $theme-colors-text;
@import "bootstrap/scss/maps";
@import "bootstrap/scss/mixins";
@import "bootstrap/scss/utilities";
$wanted: ("display", "flex", "flex-wrap", "justify-content", "align-items", "gap", "margin", "margin-top",
  "margin-bottom", "width", "text-align");
$kept: ();
@each $name, $rule in $utilities {
  @if index($wanted, $name) {
    $kept: map-merge($kept, ($name: map-merge($rule, ("responsive": false, "print": false))));
  }
}
$utilities: $kept;
@import "bootstrap/scss/root";
@import "bootstrap/scss/reboot";
@import "bootstrap/scss/type";
@import "bootstrap/scss/containers";
@import "bootstrap/scss/grid";
@import "bootstrap/scss/forms/labels";
@import "bootstrap/scss/forms/form-text";
@import "bootstrap/scss/forms/form-control";
@import "bootstrap/scss/forms/form-select";
@import "bootstrap/scss/forms/form-check";
@import "bootstrap/scss/forms/validation";
@import "bootstrap/scss/buttons";
@import "bootstrap/scss/alert";
@import "bootstrap/scss/helpers/visually-hidden";
@import "bootstrap/scss/utilities/api";
"""

# Classes of those parts that nothing of ours uses; rules made only of them are left out.
DROPPED = re.compile(
    r"\.(form-switch|btn-outline-|btn-check|btn-link|btn-lg|btn-sm|btn-group-|form-control-(lg|sm|color|plaintext)"
    r"|form-select-(lg|sm)|col-form-label-|display-\d|lead|list-inline|initialism|blockquote|offset-|container-(fluid|md)"
    r"|gx-|gy-|[mp]y?-n?[1-9]\d|invalid-tooltip|form-check-(inline|reverse)|h\d|figure|alert-(link|dismissible)|mark|row-cols"
    r"|col-form-label|d-(inline-grid|table|grid|inline-flex)|was-validated|input-group|form-floating|nav-)"
    r"|data-bs-theme|::-moz-focus-inner|search-cancel|-datetime-|::-webkit-(color|date)|type=time|\[size\]"
)

# Letters of printed documents: folder and file in the npm package.
PRINTED = {"400Regular": "PlusJakartaSans_400Regular.ttf", "700Bold": "PlusJakartaSans_700Bold.ttf"}

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"


def install(folder):
    """Install the pinned packages in `folder` and return its node_modules."""
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
    subprocess.run(["npm", "install", *options, *wanted], cwd=folder, check=True)
    return folder / "node_modules"


def compile_bootstrap(modules, folder):
    """Bootstrap's chosen parts as one minified style sheet, without a source map."""
    source = folder / "chosen.scss"
    source.write_text(SCSS)
    command = [
        "node",
        str(modules / "sass" / "sass.js"),
        "--style=compressed",
        "--no-source-map",
        "--quiet-deps",
    ]
    silence = "--silence-deprecation=import,global-builtin,color-functions,if-function"
    done = subprocess.run(
        [*command, silence, f"--load-path={modules}", str(source)], check=True, capture_output=True, text=True
    )
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", done.stdout.lstrip("\ufeff")).strip()
    return drop_unused(re.sub(r'^@charset "[^"]*";', "", css))


def drop_unused(css):
    """`css` without the selectors that match DROPPED, and without the rules left empty by that."""

    def keep(rule):
        # a comma inside :not(a, b) is not a separator
        selectors = re.split(r",(?![^()]*\))", rule[1])
        kept = [selector for selector in selectors if not DROPPED.search(selector)]
        return f"{','.join(kept)}{{{rule[2]}}}" if kept else ""

    css = re.sub(r"([^{}@;]+)\{([^{}]*)\}", keep, css)
    return re.sub(r"@media[^{}]+\{\s*\}", "", css)


def build_sprite(modules):
    """The icons we use as <symbol>s, to be shown with <use href="icons.svg#name">."""
    symbols = []
    for name in sorted(ICONS):
        svg = (modules / "bootstrap-icons" / "icons" / f"{name}.svg").read_text()
        view_box = re.search(r'viewBox="([^"]+)"', svg)[1]
        drawing = re.sub(r"\s*\n\s*", "", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
        symbols.append(f'<symbol id="{name}" viewBox="{view_box}">{drawing}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def licences(modules):
    """LICENSES.md: what each file is, from whom, under which terms, and the terms themselves."""
    head = ["# Vendored front-end files", "", "Written by `scripts/vendor.py`; do not edit.", ""]
    head += ["| name | version | licence | origin | file |", "| --- | --- | --- | --- | --- |"]
    texts = []
    for name, (title, licence, origin, file) in SHIPPED.items():
        head.append(f"| {title} | {PACKAGES[name]} | {licence} | {origin} | `{file}` |")
        text = (modules / name / "LICENSE").read_text().strip()
        texts += ["", f"## {title}", "", "```text", text, "```"]
    note = "Bootstrap is compiled from its Sass sources with only the parts in use, and minified (MIT)."
    return "\n".join([*head, "", note, *texts, ""])


def copy_printed_fonts(package):
    """The letters of printed documents and their licence, beside the code that draws with them."""
    fonts = ROOT / "typesetting" / "fonts"
    fonts.mkdir(exist_ok=True)
    wanted = {fonts / file: package / folder / file for folder, file in PRINTED.items()}
    wanted[fonts / "OFL.txt"] = package / "LICENSE_FONT"
    for path, source in wanted.items():
        shutil.copyfile(source, path)
    return list(wanted)


def copy_test_tools(package):
    """axe as its makers minified it, and its licence, beside the browser tests."""
    folder = ROOT / "tests" / "browser" / "vendor"
    folder.mkdir(exist_ok=True)
    wanted = {folder / "axe.min.js": "axe.min.js", folder / "axe-LICENSE.txt": "LICENSE"}
    for path, source in wanted.items():
        shutil.copyfile(package / source, path)
    return list(wanted)


def main():
    vendor = STATIC / "vendor"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        modules = install(folder)
        outputs = {
            vendor / "bootstrap" / "bootstrap.min.css": compile_bootstrap(modules, folder) + "\n",
            STATIC / "img" / "icons.svg": build_sprite(modules),
            vendor / "LICENSES.md": licences(modules),
        }
        shutil.rmtree(vendor, ignore_errors=True)
        for path, text in outputs.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        font = vendor / "fonts" / "plus-jakarta-sans-latin-wght-normal.woff2"
        font.parent.mkdir()
        shutil.copyfile(modules / "@fontsource-variable/plus-jakarta-sans" / "files" / font.name, font)
        sortable = vendor / "sortablejs" / "Sortable.min.js"
        sortable.parent.mkdir()
        shutil.copyfile(modules / "sortablejs" / sortable.name, sortable)
        printed = copy_printed_fonts(modules / "@expo-google-fonts" / "plus-jakarta-sans")
        tools = copy_test_tools(modules / "axe-core")
    for path in [*outputs, font, sortable, *printed, *tools]:
        print(f"{path.stat().st_size / 1000:7.1f} kB  {path.relative_to(STATIC.parent)}")


if __name__ == "__main__":
    main()
