import de.timroes.axmlrpc.XMLRPCClient;
import de.timroes.axmlrpc.XMLRPCServerException;
import java.net.URL;
import java.util.List;
import java.util.Map;

/** aXMLRPC, the client that Android programs use. */
final class AxmlrpcClient {
  private static XMLRPCServerException fault(XMLRPCClient client, String name, String text) throws Exception {
    try {
      client.call(name, text);
    } catch (XMLRPCServerException reason) {
      return reason;
    }
    throw new IllegalStateException("there was no fault");
  }

  private static void faults(XMLRPCClient client) {
    Report.check("fault.declared", () -> {
      XMLRPCServerException reason = fault(client, "test.fail", Report.ODD);
      Report.expect(reason.getErrorNr(), 1002);
      Report.expect(reason.getMessage().contains("test-refused: The test was refused"), true);
      return "XMLRPCServerException with error number 1002";
    });
    Report.check("fault.params", () -> {
      XMLRPCServerException reason = fault(client, "test.greet", "");
      Report.expect(reason.getErrorNr(), -32602);
      Report.expect(reason.getMessage().contains("[name: "), true);
      return "XMLRPCServerException whose message names the path";
    });
  }

  public static void main(String[] arguments) throws Exception {
    java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("UTC"));
    XMLRPCClient client = new XMLRPCClient(new URL(arguments[0] + "/xmlrpc"), XMLRPCClient.FLAGS_NIL);
    Report.Caller caller = client::call;
    Report.answers(caller);
    Report.values(caller, (kind, value) -> value, Map.of());
    Report.check("list-of-one", () -> Report.expect(List.of((Object[]) caller.call("edges.get_list", "one")), List.of("only")));
    faults(client);
    client.setCustomHttpHeader("Authorization", "Bearer " + System.getenv("POLYWIRE_TOKEN"));
    Report.check("token", () -> Report.expect(client.call("edges.who"), "ana"));
  }
}
