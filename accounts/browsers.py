"""What a browser calls itself, in words its owner recognises. Pure; a guess for people, never a ground to decide on."""

# The first that is found counts: nearly all call themselves Mozilla, and most Chrome and Safari too.
_BROWSERS = (
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Microsoft Edge"),
    ("OPR/", "Opera"),
    ("UCBrowser/", "UC Browser"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def describe_browser(user_agent: str) -> tuple[str, str]:
    """``(browser, system)``; an empty text for what is not recognised."""
    return _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)


def _first(table, text):
    return next((name for sign, name in table if sign in text), "")
