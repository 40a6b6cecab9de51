"""Shared by the tests of the reading room."""

import warnings

with warnings.catch_warnings():
    # Starlette would have its own fork of httpx; the one that is pinned here does all that these tests ask of it.
    warnings.simplefilter("ignore")
    import starlette.testclient  # noqa: F401
