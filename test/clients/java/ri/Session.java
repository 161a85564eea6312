import java.net.URL;
import java.util.List;
import java.util.Map;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.handler.MessageContext;
import polywire.PolywirePortType;
import polywire.PolywireService;

/** JAX-WS RI's ways to say who calls. */
final class Session {
    private final PolywireService service;

    Session(String wsdl) throws Exception {
        service = new PolywireService(new URL(wsdl));
    }

    PolywirePortType anonymous() {
        return service.getPolywirePort();
    }

    PolywirePortType byToken() {
        PolywirePortType port = service.getPolywirePort();
        Map<String, List<String>> headers = Map.of("Authorization", List.of("Bearer " + Report.TOKEN));
        ((BindingProvider) port).getRequestContext().put(MessageContext.HTTP_REQUEST_HEADERS, headers);
        return port;
    }

    PolywirePortType byPassword(boolean digest) {
        PolywirePortType port = service.getPolywirePort();
        ((BindingProvider) port).getBinding().setHandlerChain(List.of(new UsernameTokenHandler(digest)));
        return port;
    }
}
