"""The tests; the folders mirror server/. A package, so that helpers are imported as `tests.…` from anywhere."""
