"""What happened, append-only: ids and reason words, never words of anybody."""
