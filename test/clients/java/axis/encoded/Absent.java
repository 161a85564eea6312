import javax.xml.namespace.QName;
import javax.xml.rpc.ParameterMode;
import org.apache.axis.client.Call;
import org.apache.axis.client.Service;
import org.apache.axis.client.Stub;
import org.apache.axis.encoding.XMLType;
import polywire.PolywirePortType;

/** A call without its optional parameter: stubs of rpc/encoded have an int there, so it is made without one. */
final class Absent {
    static String call(PolywirePortType port) throws Exception {
        Call call = (Call) new Service().createCall();
        call.setTargetEndpointAddress((String) ((Stub) port)._getProperty(Stub.ENDPOINT_ADDRESS_PROPERTY));
        call.setOperationName(new QName("urn:polywire", "edges_put_default"));
        call.addParameter("name", XMLType.XSD_STRING, ParameterMode.IN);
        call.setReturnType(XMLType.XSD_STRING);
        return (String) call.invoke(new Object[] {"absent"});
    }

    private Absent() {}
}
