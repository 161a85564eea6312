import java.net.URL;
import java.util.Hashtable;
import java.util.HashMap;
import java.util.Map;
import org.apache.axis.client.Stub;
import org.apache.axis.message.SOAPHeaderElement;
import org.apache.axis.transport.http.HTTPConstants;
import javax.xml.soap.SOAPElement;
import javax.xml.soap.SOAPException;
import polywire.Edges_put_enum_value;
import polywire.PolywireFault;
import polywire.PolywirePortType;
import polywire.PolywireServiceLocator;
import polywire.TestRefusedFault;

/** The checks on stubs of Apache Axis 1.4: Axis URL-OF-ENDPOINT */
public final class Axis {
    private static URL address;
    private static PolywirePortType port;

    public static void main(String[] args) throws Exception {
        address = new URL(args[0]);
        port = stub();
        Report.check("echo", () -> Report.expect(port.test_echo(Report.ODD), Report.ODD));
        Report.values(rounds());
        Report.check("list-of-one", Axis::listOfOne);
        Report.check("default.absent", () -> Report.expect(Absent.call(port), "exact"));
        Report.check("nothing", () -> {
            port.edges_nothing();
            return null;
        });
        Report.check("fault.declared", Axis::declared);
        Report.check("fault.params", Axis::params);
        Report.check("token", () -> Report.expect(byToken().edges_who(), "ana"));
        Report.check("wsse.text", () -> Report.expect(byPassword(false).edges_who(), "ana"));
        Report.check("wsse.digest", () -> Report.expect(byPassword(true).edges_who(), "ana"));
    }

    private static PolywirePortType stub() throws Exception {
        return new PolywireServiceLocator().getPolywirePort(address);
    }

    private static Map<String, Report.Round> rounds() {
        Map<String, Report.Round> rounds = new HashMap<>();
        rounds.put("string", name -> port.edges_put_string(name, port.edges_get_string(name)));
        rounds.put("boolean", name -> port.edges_put_boolean(name, port.edges_get_boolean(name)));
        rounds.put("int", name -> port.edges_put_int(name, port.edges_get_int(name)));
        rounds.put("int64", name -> port.edges_put_int64(name, port.edges_get_int64(name)));
        rounds.put("float", name -> port.edges_put_float(name, port.edges_get_float(name)));
        rounds.put("decimal", name -> port.edges_put_decimal(name, port.edges_get_decimal(name)));
        rounds.put("date", name -> port.edges_put_date(name, port.edges_get_date(name)));
        rounds.put("datetime", name -> port.edges_put_datetime(name, port.edges_get_datetime(name)));
        rounds.put("bytes", name -> port.edges_put_bytes(name, port.edges_get_bytes(name)));
        rounds.put("enum", name -> port.edges_put_enum(name,
            Edges_put_enum_value.fromValue(port.edges_get_enum(name).getValue())));
        rounds.put("list", name -> port.edges_put_list(name, port.edges_get_list(name)));
        rounds.put("map", name -> port.edges_put_map(name, port.edges_get_map(name)));
        rounds.put("object", name -> port.edges_put_object(name, port.edges_get_object(name)));
        rounds.put("json", name -> port.edges_put_json(name, port.edges_get_json(name)));
        rounds.put("nullable", name -> port.edges_put_nullable(name, port.edges_get_nullable(name)));
        rounds.put("optional", name -> port.edges_put_optional(name, port.edges_get_optional(name)));
        rounds.put("records", name -> port.edges_put_records(name, port.edges_get_records(name)));
        return rounds;
    }

    private static Object listOfOne() throws Exception {
        String[] list = port.edges_get_list("one");
        Report.expect(list.length, 1);
        return Report.expect(list[0], "only");
    }

    private static String declared() throws Exception {
        try {
            port.test_fail(Report.ODD);
        } catch (TestRefusedFault fault) {
            Report.expect(fault.getCode(), "test-refused");
            Report.expect(fault.getData().getReason(), Report.ODD);
            Report.expect(fault.getData().getAttempts(), 3);
            return "TestRefusedFault, a checked exception, whose getData() is a Refusal";
        }
        throw new IllegalStateException("there was no fault");
    }

    private static String params() throws Exception {
        try {
            port.test_greet("", "Hello");
        } catch (PolywireFault fault) {
            Report.expect(fault.getCode(), "invalid-params");
            Report.expect(fault.getIssues()[0].getPath(), "name");
            return "PolywireFault, whose getIssues() names the path";
        }
        throw new IllegalStateException("there was no fault");
    }

    private static PolywirePortType byToken() throws Exception {
        PolywirePortType known = stub();
        Hashtable<String, String> headers = new Hashtable<>(Map.of("Authorization", "Bearer " + Report.TOKEN));
        ((Stub) known)._setProperty(HTTPConstants.REQUEST_HEADERS, headers);
        return known;
    }

    private static PolywirePortType byPassword(boolean digest) throws Exception {
        PolywirePortType known = stub();
        ((Stub) known).setHeader(security(new UsernameToken(digest), digest));
        return known;
    }

    private static SOAPHeaderElement security(UsernameToken parts, boolean digest) throws SOAPException {
        SOAPHeaderElement security = new SOAPHeaderElement(UsernameToken.WSSE, "Security");
        security.setActor(null);
        SOAPElement token = security.addChildElement("UsernameToken", "wsse", UsernameToken.WSSE);
        token.addChildElement("Username", "wsse").addTextNode(Report.USER);
        SOAPElement password = token.addChildElement("Password", "wsse");
        password.setAttribute("Type", parts.passwordType);
        password.addTextNode(parts.password);
        if (!digest) return security;
        token.addChildElement("Nonce", "wsse").addTextNode(parts.nonce);
        token.addChildElement("Created", "wsu", UsernameToken.WSU).addTextNode(parts.created);
        return security;
    }

    private Axis() {}
}
