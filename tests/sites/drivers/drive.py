import sys
from importlib import import_module

subject, email, verified, name, now, jti = sys.argv[1:]
user = {"id": subject, "email": email, "email_verified": verified == "true", "name": name}
sys.stdout.write(import_module("identity").identity_token(user, int(now), jti))
