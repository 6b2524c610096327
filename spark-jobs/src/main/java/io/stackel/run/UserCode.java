package io.stackel.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells code of the user's from ours, from Java's and from that of libraries, by the frames of a stack. */
final class UserCode {

    private static final String OURS = "io.stackel.";
    private static final List<String> OTHERS = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.apache.",
            // What Spark shades.
            "org.sparkproject.",
            "scala.",
            "kotlin.",
            "picocli.",
            "org.snakeyaml.",
            "com.fasterxml.",
            "com.esotericsoftware.",
            "com.google.",
            "io.netty.",
            "software.amazon.",
            // What a problem is written with: where it refuses an argument, the caller is to blame.
            "io.stackel.problem.",
            "io.stackel.mdp.",
            "io.stackel.random.",
            "io.stackel.math.");

    private static final String EXIT_CLASS = Runtime.class.getName();
    private static final String HOOKS_CLASS = "java.lang.ApplicationShutdownHooks";

    private UserCode() {}

    /** The innermost frame that is neither Java's, a library's nor of what problems are written with, if it is not ours. */
    static Optional<StackTraceElement> innermost(StackTraceElement[] stack) {
        return Stream.of(stack)
                .filter(frame -> OTHERS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .filter(frame -> !frame.getClassName().startsWith(OURS));
    }

    /**
     * The frame of the user's that called {@link System#exit}, if that is why the process is ending; asked by a shutdown
     * hook, for whose end the caller waits.
     */
    static Optional<StackTraceElement> exiting() {
        return Thread.getAllStackTraces().values().stream()
                .filter(UserCode::runsHooksOfExit)
                .findFirst()
                .flatMap(UserCode::innermost);
    }

    private static boolean runsHooksOfExit(StackTraceElement[] stack) {
        return Stream.of(stack).anyMatch(frame -> frame.getClassName().equals(HOOKS_CLASS))
                && Stream.of(stack)
                        .anyMatch(frame -> frame.getClassName().equals(EXIT_CLASS)
                                && frame.getMethodName().equals("exit"));
    }
}
