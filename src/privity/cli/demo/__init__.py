"""`privity demo`: the chat, a customer's site that uses it, and people to play, in one process and one folder."""
