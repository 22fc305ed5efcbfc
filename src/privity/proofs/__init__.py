"""Who is asking: sessions, their carriers, and the proofs that they rest on."""
