"""Privity: customer messaging in which a past conversation opens only to the person who proved that it is theirs."""
