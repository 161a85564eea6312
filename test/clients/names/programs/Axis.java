import java.net.URL;
import polywire.PolywireServiceLocator;

/** The call by a stub of Axis 1.4: Axis URL-OF-WSDL */
public final class Axis {
    public static void main(String[] args) throws Exception {
        URL address = new URL(args[0].replaceFirst("[?].*", ""));
        System.out.println(new PolywireServiceLocator().getPolywirePort(address).echo("a", 7, true, "b"));
    }
}
