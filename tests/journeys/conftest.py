"""The browser's fixtures for the journeys."""

from tests.browser.fixtures import _server, chromium, collected, nu_checker, page, picture, site

__all__ = ["_server", "chromium", "collected", "nu_checker", "page", "picture", "site"]
