import jakarta.xml.ws.BindingProvider;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.cxf.frontend.ClientProxy;
import org.apache.cxf.message.Message;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import polywire.PolywirePortType;
import polywire.PolywireService;

/** Apache CXF's ways to say who calls. */
final class Session {
    /** SOAP 1.2 has faults of the sender under HTTP 400 (part 2, §7.5.1.2), which CXF reads only if it is told to. */
    private static final String FAULTS_UNDER_400 = "org.apache.cxf.transport.process_fault_on_http_400";

    private final PolywireService service;

    Session(String wsdl) throws Exception {
        service = new PolywireService(new URL(wsdl));
    }

    PolywirePortType anonymous() {
        PolywirePortType port = service.getPolywirePort();
        ((BindingProvider) port).getRequestContext().put(FAULTS_UNDER_400, true);
        return port;
    }

    PolywirePortType byToken() {
        PolywirePortType port = anonymous();
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Authorization", List.of("Bearer " + Report.TOKEN));
        ((BindingProvider) port).getRequestContext().put(Message.PROTOCOL_HEADERS, headers);
        return port;
    }

    PolywirePortType byPassword(boolean digest) {
        PolywirePortType port = anonymous();
        Map<String, Object> settings = Map.of(
            ConfigurationConstants.ACTION, ConfigurationConstants.USERNAME_TOKEN,
            ConfigurationConstants.PASSWORD_TYPE, digest ? "PasswordDigest" : "PasswordText",
            ConfigurationConstants.USER, Report.USER,
            ConfigurationConstants.PW_CALLBACK_REF, (CallbackHandler) Session::password);
        ClientProxy.getClient(port).getOutInterceptors().add(new WSS4JOutInterceptor(settings));
        return port;
    }

    private static void password(Callback[] callbacks) {
        for (Callback callback : callbacks) ((WSPasswordCallback) callback).setPassword(Report.PASSWORD);
    }
}
