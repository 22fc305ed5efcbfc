"""Where Django looks for an application's template tags."""
