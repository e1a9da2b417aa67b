import base64

import pytest

from accounts.one_time_codes import code_of, drift_of, step_at

# The secret and the last six digits of the codes in RFC 6238, appendix B (SHA-1).
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_CODES = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
]


@pytest.mark.parametrize(("moment", "code"), RFC_CODES)
def test_the_codes_are_those_of_the_standard(moment, code):
    assert code_of(RFC_SECRET, step_at(moment)) == code


def test_a_clock_that_is_late_or_fast_is_recognised_by_its_code():
    now = 1_800_000_000
    late = code_of(RFC_SECRET, step_at(now - 120))
    fast = code_of(RFC_SECRET, step_at(now + 90))
    assert drift_of(RFC_SECRET, late, moment=now, within=20) == -4
    assert drift_of(RFC_SECRET, fast, moment=now, within=20) == 3


def test_what_is_no_code_of_the_app_has_no_drift():
    assert drift_of(RFC_SECRET, code_of(RFC_SECRET, 5), moment=1_800_000_000, within=20) is None
