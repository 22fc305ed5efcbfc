"""Open sockets. Every delivery is judged anew: a proof can end while a socket stays open."""
