"""Tools for the web that know no room: wire shapes, problems, carriers, static files."""
