import java.net.URL;
import polywire.PolywireService;

/** The call by a stub of JAX-WS: Jaxws URL-OF-WSDL */
public final class Jaxws {
    public static void main(String[] args) throws Exception {
        System.out.println(new PolywireService(new URL(args[0])).getPolywirePort().echo("a", 7, true, "b"));
    }
}
