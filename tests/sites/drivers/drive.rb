require_relative "identity"

id, email, verified, name, now, jti = ARGV
user = { id: id, email: email, email_verified: verified == "true", name: name }
puts identity_token(user, now: now.to_i, jti: jti)
