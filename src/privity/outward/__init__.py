"""The way out: whatever the server fetches goes through here, and reaches nothing that is not meant for everybody."""
