"""The named cast of the tests, built only through services."""
