"""What people do with a conversation: start, write, mark, rate, close. Writes messages; never reads old ones."""
