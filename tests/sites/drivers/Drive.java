import java.time.Instant;

public final class Drive {
    public static void main(String[] told) throws Exception {
        var user = new Identity.User(told[0], told[1], told[2].equals("true"), told[3]);
        System.out.println(Identity.token(user, Instant.ofEpochSecond(Long.parseLong(told[4])), told[5]));
    }
}
