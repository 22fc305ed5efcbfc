"""Workspaces: what a company publishes about itself, the sites that may show its chat, what it asks of people."""
