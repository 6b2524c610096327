package io.stackel.run;

import java.net.URI;
import java.nio.file.Path;

/** Places and commands as the user may type them again. */
public final class CommandText {

    /** The system property by which the launcher says under which name it was called. */
    private static final String COMMAND = "stackel.command";

    private CommandText() {}

    /** A path from the working directory where that is shorter, else the URI. */
    public static String shown(URI place) {
        if (!"file".equals(place.getScheme())) {
            return place.toString();
        }
        Path here = Path.of("").toAbsolutePath();
        Path path = Path.of(place);
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }

    /** The word with which commands begin. */
    public static String command() {
        return System.getProperty(COMMAND, "stackel");
    }
}
