"""The chat in a Django site: `INSTALLED_APPS` names this package, a URL its view, a template its tag."""
