require "json"
require "openssl"
require "securerandom"

# A token that says: this user of ours is on the page, now. The user's id is text.
def identity_token(user, now: Time.now.to_i, jti: SecureRandom.uuid)
  header = { typ: "JWT", alg: "HS256", kid: ENV.fetch("PRIVITY_KID") }
  claims = {
    aud: ENV.fetch("PRIVITY_WORKSPACE"),
    sub: user[:id],
    iat: now,
    exp: now + 600,
    jti: jti,
    email: user[:email],
    email_verified: user[:email_verified],
    name: user[:name]
  }
  signed = "#{base64url(JSON.generate(header))}.#{base64url(JSON.generate(claims))}"
  "#{signed}.#{base64url(OpenSSL::HMAC.digest("SHA256", ENV.fetch("PRIVITY_SIGNING_SECRET"), signed))}"
end

def base64url(bytes)
  [bytes].pack("m0").tr("+/", "-_").delete("=")
end
