"""Fail with everything that is wrong at once, without a traceback that tells nothing."""

import pytest


def fail_if_any(complaints):
    found = list(complaints)
    if found:
        pytest.fail("\n".join([f"{len(found)} found:", *found]), pytrace=False)
