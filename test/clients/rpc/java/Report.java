import java.util.Map;
import java.util.concurrent.Callable;

/** What the Java programs share: a line for each check, and the way of every value there and back. */
final class Report {
  static final String ODD = "Zo\u00eb & <Bob> ]]> \ud83d\ude00";

  /** Calls a function with positional parameters. */
  interface Caller {
    Object call(String name, Object... parameters) throws Exception;
  }

  /** A value as it is sent back, given what kind it is of. */
  interface Back {
    Object of(String kind, Object value);
  }

  private Report() {}

  static void line(String check, String status, Object note) {
    System.out.println(String.join("\t", check, status, note == null ? "" : note.toString().replaceAll("\\s+", " ")));
  }

  /** Runs one check: it fails by an exception, and what it returns is told. */
  static void check(String name, Callable<?> step) {
    try {
      line(name, "ok", step.call());
    } catch (Exception | LinkageError reason) {
      line(name, "wrong", reason);
    }
  }

  static Object expect(Object value, Object wanted) {
    if (!wanted.equals(value)) throw new IllegalStateException(value + " is not " + wanted);
    return null;
  }

  /** Gets every value and sends it back; the server says what it makes of it. What the client cannot do has a reason. */
  static void values(Caller caller, Back back, Map<String, String> impossible) {
    for (String named : System.getenv("POLYWIRE_VALUES").split(" ")) {
      String kind = named.substring(0, named.indexOf('.'));
      String name = named.substring(named.indexOf('.') + 1);
      try {
        Object value = caller.call("edges.get_" + kind, name);
        Object said = caller.call("edges.put_" + kind, name, back.of(kind, value));
        if (!"exact".equals(said) && !"loss".equals(said)) throw new IllegalStateException("" + said);
        line(named, "ok", "");
      } catch (Exception reason) {
        String known = impossible.get(named);
        line(named, known == null ? "wrong" : "impossible", known == null ? reason : known);
      }
    }
  }

  /** The checks whose answers are known. */
  static void answers(Caller caller) {
    check("echo", () -> expect(caller.call("test.echo", ODD), ODD));
    check("default.absent", () -> expect(caller.call("edges.put_default", "absent"), "exact"));
    check("nothing", () -> expect(caller.call("edges.nothing"), true));
  }
}
