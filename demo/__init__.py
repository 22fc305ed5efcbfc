"""Acme, a small shop: the customer's site on which the chat is shown and tried."""
