"""The judge: who may read a conversation, and why. Standard library only; no clock, no database, no web."""
