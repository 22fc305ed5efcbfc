"""Workspaces: what a company publishes about itself, the sites that may show its chat, the keys that it trusts."""
