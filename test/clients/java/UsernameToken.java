import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** The parts of a UsernameToken (WS-Security UsernameToken Profile 1.0), for clients that leave it to their users. */
final class UsernameToken {
    private static final String OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    static final String WSSE = OASIS + "wssecurity-secext-1.0.xsd";
    static final String WSU = OASIS + "wssecurity-utility-1.0.xsd";

    final String nonce;
    final String created = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    final String passwordType;
    final String password;

    UsernameToken(boolean digest) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        nonce = Base64.getEncoder().encodeToString(random);
        passwordType = OASIS + "username-token-profile-1.0#Password" + (digest ? "Digest" : "Text");
        password = digest ? digested(random) : Report.PASSWORD;
    }

    private String digested(byte[] random) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(random);
            sha1.update(created.getBytes(StandardCharsets.UTF_8));
            sha1.update(Report.PASSWORD.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha1.digest());
        } catch (NoSuchAlgorithmException reason) {
            throw new IllegalStateException(reason);
        }
    }
}
