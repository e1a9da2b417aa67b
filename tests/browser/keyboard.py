"""A person who has no mouse: everything is reached with the tab key and pressed where the focus is."""

from tests.factories.accounts import PASSWORD

MOST_STOPS = 120
IS_IT = "(e, wanted) => e.matches(wanted)"


def tab_to(page, wanted):
    """Tabs until the focused element matches the selector; an element that cannot be reached fails the test."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.locator(":focus").count() and page.locator(":focus").evaluate(IS_IT, wanted):
            return
    raise AssertionError(f"{wanted} is not reached with the keyboard on {page.url}")


def press(page, wanted):
    """Tabs to a link or button and opens the page behind it."""
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page, person):
    page.goto("/")
    tab_to(page, "input[name=login]")
    page.keyboard.type(person.nip)
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer(page):
    """Something at every question between the focus and the button that leads on, and goes on.

    The worst action of a situation is the last one, the best the second: they may not be the same.
    """
    answered = set()
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.evaluate(IS_IT, "button[value=next]"):
            break
        if focused.count() and focused.evaluate(IS_IT, "fieldset input[type=radio]"):
            name = focused.get_attribute("name")
            if (
                name in answered
            ):  # best and worst of a situation stand in turn; the focus passes the chosen one again
                continue
            answered.add(name)
            page.keyboard.press("Space")
            page.keyboard.press("ArrowUp" if name.endswith(":worst") else "ArrowDown")
    else:
        raise AssertionError(f"the keyboard does not reach the end of {page.url}")
    with page.expect_navigation():
        page.keyboard.press("Enter")
