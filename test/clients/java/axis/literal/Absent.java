import polywire.PolywirePortType;

/** A call without its optional parameter: a null is left out. */
final class Absent {
    static String call(PolywirePortType port) throws Exception {
        return port.edges_put_default("absent", null);
    }

    private Absent() {}
}
