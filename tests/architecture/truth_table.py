"""The truth table: what every role gets from every address, by GET and by POST. A new address gets its line here."""

OK, REDIRECT, DENIED, MISSING, NOT_ALLOWED, CONFLICT = 200, 302, 403, 404, 405, 409

# Pages that a person without an account may see, and why.
PUBLIC = {
    "account_login",  # the door
    "account_logout",  # leads to the door
    "account_activate",  # where a code from HR sets a password
    "account_inactive",  # says that an account is closed
    "account_reset_password",  # asks for a link, or says whom to ask
    "account_reset_password_done",  # says to look into the mailbox, whoever asked
    "account_reset_password_from_key",  # the link in that mail
    "account_reset_password_from_key_done",  # leads back to the door
    "openid_connect_login",  # to the sign-on of the agency; 404 where there is none
    "openid_connect_callback",  # back from there
    "socialaccount_login_cancelled",  # says that nothing was changed
    "socialaccount_login_error",  # says what to do instead
    "mfa_authenticate",  # the second step of the door
    "mfa_login_webauthn",  # the door, for whoever has a passkey
    "offline",  # what a browser shows without network
    "service_worker",  # the script that shows it
    "set_language",  # a post without effect but a cookie
    "assessments:stop_letters",  # the link in a letter of a period; tells nothing, and only stops reminders
    "development:stop_reminders",  # the link in a reminder; tells nothing, and only stops reminders
    "panels:enter",  # the secret link of an expert, who has no account; tests/panels walks it
    "panels:unknown_link",  # says that a link opens nothing
    "panels:introduction",  # opens by the cookie that the secret link sets, and by nothing else
    "panels:page",  # as the introduction
    "panels:finish",  # as the introduction
}


# Pages of one period, beside those whose names begin with "campaign".
PERIOD_PAGES = {"assessments:discard_campaign", "assessments:extend_campaign", "assessments:letters"}

# Frozen results of one unit, for whoever may open its summary.
UNIT_PAGES = {f"reports:{page}" for page in ("items", "groups", "comparisons", "learning", "exports")}


def expected(name, who):
    """The truth table of the product's own pages: status of a GET."""
    answering = {"owner", "colleague"}
    analysts = {"analyst", "analyst elsewhere", "national"}
    if name in {
        "home",
        "development:plan",
        "development:add",
        "development:plan_calendar",
        "development:plan_pdf",
        "reports:shares",
        "privacy:my_data",
        "privacy:part",
        "privacy:copy_json",
        "privacy:copy_csv",
        "privacy:copy_pdf",
        "privacy:json_schema",
        "privacy:rights",
        "privacy:notice",
    }:
        return {OK}
    if name == "staff_door":
        return {REDIRECT}  # on to where the person was going, or home
    if name == "leave_staff_rooms":
        return {NOT_ALLOWED}  # a button, never a page
    if name == "assessments:introduction":
        return {OK} if who in answering else {DENIED}
    if name in {
        "assessments:task",
        "assessments:section",
        "assessments:review",
        "reports:personal",
        "reports:personal_pdf",
        "development:goal",
        "development:goal_calendar",
        "development:give_share",
        "reports:share",
    }:
        return {OK} if who == "owner" else {MISSING}
    if name == "development:shared":
        return {OK} if who == "colleague" else {MISSING}  # not even its owner, who has a page with the looks
    if name in {"assessments:resume", "reports:submit"}:
        return {REDIRECT} if who == "owner" else {MISSING}
    if name == "assessments:preview":
        return {OK} if who in {"editor", "approver", "psychometrician"} else {DENIED}
    if name == "agencies:reset_factor":
        return {OK} if who in {"administrator", "administrator elsewhere"} else {DENIED}
    if name == "agencies:template":
        return {OK} if who in {"administrator", "administrator elsewhere"} else {DENIED}
    if name == "agencies:rooms":  # with one agency, straight on to its room
        return {REDIRECT} if who in {"administrator", "administrator elsewhere"} else {DENIED}
    if name.startswith("privacy:"):  # the room of the protection of data
        return {OK} if who == "administrator" else {MISSING} if who == "administrator elsewhere" else {DENIED}
    if name in {"agencies:room", "agencies:roster", "agencies:rejected", "agencies:codes", "agencies:roles"}:
        return {OK} if who == "administrator" else {MISSING} if who == "administrator elsewhere" else {DENIED}
    if name == "reports:dashboards":
        return {OK} if who in analysts else {DENIED}
    if name == "reports:national":
        return {OK} if who == "national" else {DENIED}
    if name in {"reports:agency", "reports:unit", *UNIT_PAGES}:
        if who in {"analyst", "national"}:
            return {OK}
        return {MISSING} if who in analysts else {DENIED}
    if name == "reports:export_file":  # for nobody but whoever asked for it
        return {OK} if who == "analyst" else {MISSING} if who in analysts else {DENIED}
    if name == "assessments:campaigns":
        return {OK} if who in {"analyst", "analyst elsewhere"} else {DENIED}
    if name == "assessments:draft_campaign":
        return {NOT_ALLOWED}  # a button, never a page
    if name.startswith("assessments:campaign") or name in PERIOD_PAGES:
        return {OK} if who == "analyst" else {MISSING} if who == "analyst elsewhere" else {DENIED}
    if name in {"reports:technical_reports", "reports:technical", "reports:technical_pdf"}:
        return {OK} if who == "psychometrician" else {DENIED}
    if name == "reports:close":
        return {OK} if who == "analyst" else {MISSING} if who == "analyst elsewhere" else {DENIED}
    if name == "reports:freeze":
        return {NOT_ALLOWED}  # a button, never a page
    if name == "panels:enter":
        return {REDIRECT}  # whoever asks: to the pages of the panel, or to the one that says why not
    if name in {"panels:unknown_link", "panels:introduction", "panels:page", "panels:finish"}:
        return {MISSING}  # no account opens them, only the link
    raise AssertionError(f"{name} has no line in the truth table")


# Pages of one's own account, the same for every role: what somebody gets who has not confirmed lately.
OWN_PAGES = {
    "account_login": REDIRECT,
    "account_logout": OK,
    "account_activate": REDIRECT,  # home: whoever is signed in has a password
    "account_inactive": OK,
    "account_reauthenticate": OK,
    "account_change_password": OK,
    "account_set_password": REDIRECT,
    "account_reset_password": OK,
    "account_reset_password_done": OK,
    "account_reset_password_from_key": OK,
    "account_reset_password_from_key_done": OK,
    "usersessions_list": OK,
    "openid_connect_login": MISSING,  # no sign-on is set up in the suite's settings
    "openid_connect_callback": MISSING,
    "socialaccount_login_cancelled": OK,
    "socialaccount_login_error": OK,
    "mfa_authenticate": REDIRECT,
    "mfa_reauthenticate": REDIRECT,  # to the password, while there is no second factor
    "mfa_login_webauthn": REDIRECT,
    "mfa_reauthenticate_webauthn": REDIRECT,
    "mfa_index": OK,
    "mfa_list_webauthn": REDIRECT,
    "mfa_add_webauthn": REDIRECT,
    "mfa_edit_webauthn": REDIRECT,
    "mfa_remove_webauthn": REDIRECT,
    "mfa_activate_totp": REDIRECT,  # to confirming
    "mfa_deactivate_totp": MISSING,  # there is none
    "mfa_view_recovery_codes": MISSING,
    "mfa_generate_recovery_codes": REDIRECT,
    "mfa_download_recovery_codes": MISSING,
}


# Pages that respondents have too, or that open for everybody.
NOT_OF_STAFF = {
    "home",
    "assessments:introduction",
    "staff_door",
    "leave_staff_rooms",
    "reports:shares",
    "privacy:rights",
    "privacy:notice",
}


# What changes when the person whose page it is posts to it; everything else is for reading only.
EFFECTIVE = {
    "agencies:codes": "administrator",
    "agencies:reset_factor": "administrator",
    "agencies:room": "administrator",
    "agencies:roles": "administrator",
    "agencies:roster": "administrator",
    "assessments:campaign_check": "analyst",
    "assessments:campaign_people": "analyst",
    "assessments:campaign_questionnaires": "analyst",
    "assessments:campaign_times": "analyst",
    "assessments:discard_campaign": "analyst",
    "assessments:draft_campaign": "analyst",
    "assessments:extend_campaign": "analyst",
    "assessments:letters": "analyst",
    "assessments:introduction": "owner",
    "assessments:section": "owner",
    "assessments:task": "owner",
    "development:add": "owner",
    "development:give_share": "owner",
    "development:goal": "owner",
    "development:plan": "owner",
    "privacy:incident": "administrator",
    "privacy:protection": "administrator",
    "privacy:publish_notice": "administrator",
    "privacy:report_incident": "administrator",
    "privacy:request": "administrator",
    "privacy:rights": "owner",
    "reports:close": "analyst",
    "reports:exports": "analyst",
    "reports:freeze": "analyst",
    "reports:share": "owner",
    "reports:submit": "owner",
}
# Whoever may answer begins an attempt of their own, and whoever signs in writes goals and settings of their own.
OWN_ROWS = {
    # An administrator elsewhere gets the page too, but reaches nobody here: tests/agencies/test_factor_reset.py.
    "agencies:reset_factor": {"administrator", "administrator elsewhere"},
    "assessments:draft_campaign": {"analyst", "analyst elsewhere"},
    "assessments:introduction": {"owner", "colleague"},
    "development:add": None,
    "development:plan": None,
    "leave_staff_rooms": None,
    "privacy:rights": None,
    "reports:exports": {"analyst", "national"},
}


def is_own_work(name, who):
    return who == EFFECTIVE.get(name) or (
        name in OWN_ROWS and (OWN_ROWS[name] is None or who in OWN_ROWS[name])
    )
