import java.net.URL;
import java.util.List;
import java.util.Map;
import org.apache.ws.commons.serialize.CharSetXMLWriter;
import org.apache.ws.commons.serialize.XMLWriter;
import org.apache.ws.commons.util.NamespaceContextImpl;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.client.XmlRpcClient;
import org.apache.xmlrpc.client.XmlRpcClientConfigImpl;
import org.apache.xmlrpc.client.XmlRpcSunHttpTransport;
import org.apache.xmlrpc.client.XmlRpcTransport;
import org.apache.xmlrpc.common.TypeFactoryImpl;
import org.apache.xmlrpc.common.XmlRpcController;
import org.apache.xmlrpc.common.XmlRpcStreamConfig;
import org.apache.xmlrpc.parser.NullParser;
import org.apache.xmlrpc.parser.TypeParser;
import org.apache.xmlrpc.serializer.BaseXmlWriterFactory;

/** Apache XML-RPC 3.1.3. */
final class ApacheClient {
  /** Reads nil without a namespace too, as the project's page on custom types shows. */
  private static final class Types extends TypeFactoryImpl {
    Types(XmlRpcController controller) {
      super(controller);
    }

    @Override
    public TypeParser getParser(XmlRpcStreamConfig config, NamespaceContextImpl context, String uri, String name) {
      return "".equals(uri) && "nil".equals(name) ? new NullParser() : super.getParser(config, context, uri, name);
    }
  }

  /** Leaves both halves of a character beyond the Basic Multilingual Plane to UTF-8; the client's own makes a reference of each. */
  private static final class Writers extends BaseXmlWriterFactory {
    @Override
    protected XMLWriter newXmlWriter() {
      return new CharSetXMLWriter() {
        @Override
        public boolean canEncode(char letter) {
          return Character.isSurrogate(letter) || super.canEncode(letter);
        }
      };
    }
  }

  private static XmlRpcClient connect(String url) throws Exception {
    XmlRpcClientConfigImpl config = new XmlRpcClientConfigImpl();
    config.setServerURL(new URL(url + "/xmlrpc"));
    config.setTimeZone(java.util.TimeZone.getTimeZone("UTC"));
    config.setEnabledForExtensions(true); // to write nil; of i8 and others nothing is sent
    XmlRpcClient client = new XmlRpcClient();
    client.setConfig(config);
    client.setTypeFactory(new Types(client));
    client.setXmlWriterFactory(new Writers());
    return client;
  }

  private static XmlRpcException fault(XmlRpcClient client, String name, String text) {
    try {
      client.execute(name, new Object[] {text});
    } catch (XmlRpcException reason) {
      return reason;
    }
    throw new IllegalStateException("there was no fault");
  }

  private static void faults(XmlRpcClient client) {
    Report.check("fault.declared", () -> {
      XmlRpcException reason = fault(client, "test.fail", Report.ODD);
      Report.expect(reason.code, 1002);
      Report.expect(reason.getMessage().startsWith("test-refused: The test was refused"), true);
      return "XmlRpcException with code 1002";
    });
    Report.check("fault.params", () -> {
      XmlRpcException reason = fault(client, "test.greet", "");
      Report.expect(reason.code, -32602);
      Report.expect(reason.getMessage().contains("[name: "), true);
      return "XmlRpcException whose message names the path";
    });
  }

  /** A transport is where headers are set. */
  private static Object who(String url) throws Exception {
    XmlRpcClient client = connect(url);
    client.setTransportFactory(() -> transport(client));
    return client.execute("edges.who", new Object[0]);
  }

  private static XmlRpcTransport transport(XmlRpcClient client) {
    return new XmlRpcSunHttpTransport(client) {
      @Override
      protected void initHttpHeaders(org.apache.xmlrpc.XmlRpcRequest request) throws org.apache.xmlrpc.client.XmlRpcClientException {
        super.initHttpHeaders(request);
        setRequestHeader("Authorization", "Bearer " + System.getenv("POLYWIRE_TOKEN"));
      }
    };
  }

  public static void main(String[] arguments) throws Exception {
    XmlRpcClient client = connect(arguments[0]);
    Report.Caller caller = (name, parameters) -> client.execute(name, parameters);
    Report.answers(caller);
    Report.values(caller, (kind, value) -> value, Map.of());
    Report.check("list-of-one", () -> Report.expect(List.of((Object[]) caller.call("edges.get_list", "one")), List.of("only")));
    faults(client);
    Report.check("token", () -> Report.expect(who(arguments[0]), "ana"));
  }
}
