"""The reading room: the only door to what was said. Every reading function takes a permit and no conversation id."""
