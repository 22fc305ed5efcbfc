"""Teammates, their sessions and keys, and the contacts that they meet."""
