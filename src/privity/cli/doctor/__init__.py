"""`privity doctor`: looks the installation over. Each line says what is, and where it is not well, how to mend it."""
