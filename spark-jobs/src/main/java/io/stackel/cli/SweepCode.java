package io.stackel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.experiment.Catalogue;
import io.stackel.problem.ProblemFactory;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.ProblemCode;
import io.stackel.run.StatusReport;
import io.stackel.sweep.SweepStanding;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialStanding;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the code of the problems of a sweep with that by which its trials were computed, before one of them is run. */
final class SweepCode {

    private static final int SHOWN = 5;
    private static final int DIGITS = 12;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, ProblemFactory> problems;
    private final Map<String, ProblemCode> codes = new HashMap<>();

    SweepCode(ClassLoader loader) {
        problems = Catalogue.load(loader).problems();
    }

    /**
     * Returns if no trial was computed with other code than there is now, or if that is accepted, of which people are told.
     *
     * @throws CommandFailure if it is not accepted, with the first trials
     */
    void require(SweepStanding standing, boolean accepted, PrintStream err) {
        List<String> changes = new ArrayList<>();
        for (TrialStanding one : standing.trials()) {
            one.status()
                    .map(StatusReport::problemCode)
                    .flatMap(recorded -> code(one.trial()).flatMap(code -> code.changeSince(recorded)))
                    .ifPresent(change -> changes.add(one.trial().name() + " (" + one.state() + "): " + change));
        }
        if (changes.isEmpty()) {
            return;
        }
        String told = changes.size() + " of " + standing.trials().size()
                + " trials were computed with other code than there is now (recorded -> now):\n  "
                + String.join("\n  ", changes.subList(0, Math.min(SHOWN, changes.size())))
                + (changes.size() > SHOWN ? "\n  and " + (changes.size() - SHOWN) + " more" : "");
        if (!accepted) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    told
                            + "\nTheir figures belong to the recorded code and cannot be compared with new ones. Put that back,"
                            + " run the sweep elsewhere (--out), or accept it with --accept-code: complete trials then keep"
                            + " their figures, others go on with the new code");
        }
        err.println("notice: " + told);
        err.flush();
    }

    /** The problems whose trials were computed with more than one code, a sentence each: their figures do not compare. */
    static List<String> mixtures(SweepStanding standing) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (TrialStanding one : standing.trials()) {
            one.status()
                    .flatMap(StatusReport::problemCode)
                    .ifPresent(code -> counts.computeIfAbsent(problem(one.trial()), name -> new TreeMap<>())
                            .merge(code.substring(0, Math.min(DIGITS, code.length())), 1, Integer::sum));
        }
        List<String> mixtures = new ArrayList<>();
        counts.forEach((name, codes) -> {
            if (codes.size() > 1) {
                mixtures.add("trials of problem " + name + " were computed with " + codes.size() + " codes: "
                        + codes.entrySet().stream()
                                .map(code -> code.getValue() + " with " + code.getKey())
                                .collect(Collectors.joining(", "))
                        + "; their figures are not of one problem");
            }
        });
        return mixtures;
    }

    /** The code of a trial's problem; nothing of one that is read from a file, or is not known here. */
    private Optional<ProblemCode> code(Trial trial) {
        String name = problem(trial);
        return Optional.ofNullable(problems.get(name))
                .map(factory -> codes.computeIfAbsent(name, known -> ProblemCode.of(factory)));
    }

    /** The name of a trial's problem, empty for one that is read from a file. */
    private static String problem(Trial trial) {
        try {
            return MAPPER.readTree(trial.configuration())
                    .path("problem")
                    .path("name")
                    .asText();
        } catch (JsonProcessingException malformed) {
            return "";
        }
    }
}
