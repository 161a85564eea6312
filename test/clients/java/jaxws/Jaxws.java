import java.util.HashMap;
import java.util.List;
import java.util.Map;
import polywire.ArrayOfString;
import polywire.EdgesPutEnumValue;
import polywire.PolywireException;
import polywire.PolywireFault;
import polywire.PolywirePortType;
import polywire.TestRefusedException;
import polywire.TestRefusedFault;

/** The checks on stubs of JAX-WS, whoever generated them: Jaxws URL-OF-WSDL */
public final class Jaxws {
    private static PolywirePortType port;

    public static void main(String[] args) throws Exception {
        Session session = new Session(args[0]);
        port = session.anonymous();
        Report.check("echo", () -> Report.expect(port.testEcho(Report.ODD), Report.ODD));
        Report.values(rounds());
        Report.check("list-of-one", () -> Report.expect(port.edgesGetList("one").getItem(), List.of("only")));
        Report.check("default.absent", () -> Report.expect(port.edgesPutDefault("absent", null), "exact"));
        Report.check("nothing", () -> {
            port.edgesNothing();
            return null;
        });
        Report.check("fault.declared", Jaxws::declared);
        Report.check("fault.params", Jaxws::params);
        Report.check("token", () -> Report.expect(session.byToken().edgesWho(), "ana"));
        Report.check("wsse.text", () -> Report.expect(session.byPassword(false).edgesWho(), "ana"));
        Report.check("wsse.digest", () -> Report.expect(session.byPassword(true).edgesWho(), "ana"));
    }

    private static Map<String, Report.Round> rounds() {
        Map<String, Report.Round> rounds = new HashMap<>();
        rounds.put("string", name -> port.edgesPutString(name, port.edgesGetString(name)));
        rounds.put("boolean", name -> port.edgesPutBoolean(name, port.edgesGetBoolean(name)));
        rounds.put("int", name -> port.edgesPutInt(name, port.edgesGetInt(name)));
        rounds.put("int64", name -> port.edgesPutInt64(name, port.edgesGetInt64(name)));
        rounds.put("float", name -> port.edgesPutFloat(name, port.edgesGetFloat(name)));
        rounds.put("decimal", name -> port.edgesPutDecimal(name, port.edgesGetDecimal(name)));
        rounds.put("date", name -> port.edgesPutDate(name, port.edgesGetDate(name)));
        rounds.put("datetime", name -> port.edgesPutDatetime(name, port.edgesGetDatetime(name)));
        rounds.put("bytes", name -> port.edgesPutBytes(name, port.edgesGetBytes(name)));
        rounds.put("enum", name -> port.edgesPutEnum(name, EdgesPutEnumValue.valueOf(port.edgesGetEnum(name).name())));
        rounds.put("list", name -> port.edgesPutList(name, wrapped(port.edgesGetList(name).getItem())));
        rounds.put("map", name -> port.edgesPutMap(name, port.edgesGetMap(name)));
        rounds.put("object", name -> port.edgesPutObject(name, port.edgesGetObject(name)));
        rounds.put("json", name -> port.edgesPutJson(name, port.edgesGetJson(name)));
        rounds.put("nullable", name -> port.edgesPutNullable(name, port.edgesGetNullable(name)));
        rounds.put("optional", name -> port.edgesPutOptional(name, port.edgesGetOptional(name)));
        rounds.put("records", name -> port.edgesPutRecords(name, port.edgesGetRecords(name)));
        return rounds;
    }

    private static ArrayOfString wrapped(List<String> list) {
        ArrayOfString array = new ArrayOfString();
        array.getItem().addAll(list);
        return array;
    }

    private static String declared() throws PolywireException {
        try {
            port.testFail(Report.ODD);
        } catch (TestRefusedException reason) {
            TestRefusedFault fault = reason.getFaultInfo();
            Report.expect(fault.getCode(), "test-refused");
            Report.expect(fault.getData().getReason(), Report.ODD);
            Report.expect(fault.getData().getAttempts(), 3);
            return "TestRefusedException, a checked exception, whose getFaultInfo().getData() is a Refusal";
        }
        throw new IllegalStateException("there was no fault");
    }

    private static String params() {
        try {
            port.testGreet("", null);
        } catch (PolywireException reason) {
            PolywireFault fault = reason.getFaultInfo();
            Report.expect(fault.getCode(), "invalid-params");
            Report.expect(fault.getIssues().getItem().get(0).getPath(), "name");
            return "PolywireException, whose getFaultInfo().getIssues() names the path";
        }
        throw new IllegalStateException("there was no fault");
    }

    private Jaxws() {}
}
