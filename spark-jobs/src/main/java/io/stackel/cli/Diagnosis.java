package io.stackel.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param subject what was looked at
 * @param found what it is
 * @param fix what to do; empty where nothing is to be done
 */
record Diagnosis(String subject, Grade grade, String found, String fix) {

    /** How good what was found is. */
    enum Grade {
        /** As it should be. */
        GOOD,
        /** Works, with the drawback that is named. */
        FAIR,
        /** Runs will fail, or secrets are in danger. */
        BAD
    }

    static Diagnosis good(String subject, String found) {
        return new Diagnosis(subject, Grade.GOOD, found, "");
    }

    static Diagnosis fair(String subject, String found, String fix) {
        return new Diagnosis(subject, Grade.FAIR, found, fix);
    }

    static Diagnosis bad(String subject, String found, String fix) {
        return new Diagnosis(subject, Grade.BAD, found, fix);
    }

    /** The grade in lower case, as it is printed. */
    String word() {
        return grade.name().toLowerCase(Locale.ROOT);
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("subject", subject);
        tree.put("grade", word());
        tree.put("found", found);
        tree.put("fix", fix);
        return tree;
    }

    String text() {
        return String.format(Locale.ROOT, "%-5s %-22s %s%n", word(), subject, found)
                + (fix.isEmpty() ? "" : " ".repeat(29) + "-> " + fix + System.lineSeparator());
    }
}
