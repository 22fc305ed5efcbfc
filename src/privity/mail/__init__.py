"""Mail out: a tool that knows no room. Who may be written what is decided by those who write."""
