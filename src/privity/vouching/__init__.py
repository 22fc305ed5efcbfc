"""Vouching: whose word a workspace takes for who somebody is: signing keys, sign-in providers, old hashes."""
