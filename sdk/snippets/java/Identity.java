import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Identity {
    public record User(String id, String email, boolean emailVerified, String name) {}

    /** A token that says: this user of ours is on the page, now. `jti` is something random, such as a UUID. */
    public static String token(User user, Instant now, String jti) throws GeneralSecurityException {
        long issued = now.getEpochSecond();
        String header = "{\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":" + json(System.getenv("PRIVITY_KID")) + "}";
        String claims = "{\"aud\":" + json(System.getenv("PRIVITY_WORKSPACE"))
            + ",\"sub\":" + json(user.id())
            + ",\"iat\":" + issued
            + ",\"exp\":" + (issued + 600)
            + ",\"jti\":" + json(jti)
            + ",\"email\":" + json(user.email())
            + ",\"email_verified\":" + user.emailVerified()
            + ",\"name\":" + json(user.name()) + "}";
        String signed = base64url(header.getBytes(UTF_8)) + "." + base64url(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(System.getenv("PRIVITY_SIGNING_SECRET").getBytes(UTF_8), "HmacSHA256"));
        return signed + "." + base64url(mac.doFinal(signed.getBytes(UTF_8)));
    }

    /** A text as JSON. With a JSON library at hand, let that write both parts. */
    private static String json(String text) {
        if (text == null) return "null";
        StringBuilder written = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean plain = c >= ' ' && c != '"' && c != '\\';
            written.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return written.append('"').toString();
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
