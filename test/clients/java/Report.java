import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** What the Java programs share: the names of the values, and a line for each check. */
final class Report {
    static final String ODD = "Zoë & <Bob> ]]> \uD83D\uDE00";
    static final String TOKEN = System.getenv("POLYWIRE_TOKEN");
    static final String USER = System.getenv("POLYWIRE_USER");
    static final String PASSWORD = System.getenv("POLYWIRE_PASSWORD");

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** The client cannot do it, for the reason given. */
    static final class Impossible extends Exception {
        Impossible(String reason) {
            super(reason);
        }
    }

    /** One check: it fails by an exception, and what it returns is told. */
    interface Step {
        Object take() throws Exception;
    }

    /** Gets a value by its name and sends it back: what the server says to that. */
    interface Round {
        String trip(String name) throws Exception;
    }

    static void check(String name, Step step) {
        try {
            Object note = step.take();
            say(name, "ok", note == null ? "" : note.toString());
        } catch (Impossible reason) {
            say(name, "impossible", reason.getMessage());
        } catch (Exception | LinkageError reason) { // a program's report must go on
            say(name, "wrong", reason.toString());
        }
    }

    static void say(String name, String status, String note) {
        OUT.println(name + "\t" + status + "\t" + note.replaceAll("\\s+", " "));
    }

    static Object expect(Object value, Object wanted) {
        if (!Objects.equals(value, wanted)) throw new IllegalStateException(value + " is not " + wanted);
        return null;
    }

    /** Gets every value and sends it back; the server says what it makes of it. */
    static void values(Map<String, Round> rounds) {
        for (String value : System.getenv("POLYWIRE_VALUES").split(" ")) {
            String[] kindAndName = value.split("\\.", 2);
            check(value, () -> {
                String said = rounds.get(kindAndName[0]).trip(kindAndName[1]);
                if (!said.equals("exact") && !said.equals("loss")) throw new IllegalStateException(said);
                return null;
            });
        }
    }

    private Report() {}
}
