import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.soap.SOAPElement;
import javax.xml.soap.SOAPEnvelope;
import javax.xml.soap.SOAPException;
import javax.xml.soap.SOAPHeader;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.handler.soap.SOAPHandler;
import javax.xml.ws.handler.soap.SOAPMessageContext;

/** Puts a UsernameToken into each message that goes out. */
final class UsernameTokenHandler implements SOAPHandler<SOAPMessageContext> {
    private final boolean digest;

    UsernameTokenHandler(boolean digest) {
        this.digest = digest;
    }

    @Override
    public boolean handleMessage(SOAPMessageContext context) {
        if (!Boolean.TRUE.equals(context.get(MessageContext.MESSAGE_OUTBOUND_PROPERTY))) return true;
        try {
            SOAPEnvelope envelope = context.getMessage().getSOAPPart().getEnvelope();
            SOAPHeader header = envelope.getHeader() == null ? envelope.addHeader() : envelope.getHeader();
            write(header.addChildElement("Security", "wsse", UsernameToken.WSSE));
        } catch (SOAPException reason) {
            throw new IllegalStateException(reason);
        }
        return true;
    }

    private void write(SOAPElement security) throws SOAPException {
        UsernameToken known = new UsernameToken(digest);
        SOAPElement token = security.addChildElement("UsernameToken", "wsse");
        token.addChildElement("Username", "wsse").addTextNode(Report.USER);
        SOAPElement password = token.addChildElement("Password", "wsse");
        password.addAttribute(new QName("Type"), known.passwordType).addTextNode(known.password);
        if (!digest) return;
        token.addChildElement("Nonce", "wsse").addTextNode(known.nonce);
        token.addChildElement("Created", "wsu", UsernameToken.WSU).addTextNode(known.created);
    }

    @Override
    public boolean handleFault(SOAPMessageContext context) {
        return true;
    }

    @Override
    public void close(MessageContext context) {}

    @Override
    public Set<QName> getHeaders() {
        return Set.of();
    }
}
