package io.stackel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.experiment.Catalogue;
import io.stackel.run.CommandFailure;
import io.stackel.run.ProblemCode;
import io.stackel.run.StatusReport;
import io.stackel.sweep.SweepStatus;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the code of the user's own that a sweep is made of with that by which its trials were computed, before one of them is run. */
final class SweepCode {

    private static final int SHOWN = 5;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Catalogue catalogue;
    private final Map<Parts, ProblemCode> codes = new HashMap<>();

    SweepCode(ClassLoader loader) {
        catalogue = Catalogue.load(loader);
    }

    /**
     * Returns if every trial was computed with the code that there is now, or if the difference is accepted, with a notice.
     *
     * @throws CommandFailure if it is not accepted, with the first trials
     */
    void require(SweepStatus status, boolean accepted, CommandEnvironment environment) {
        List<String> changes = new ArrayList<>();
        for (TrialStatus one : status.trials()) {
            one.status()
                    .map(StatusReport::problemCode)
                    .flatMap(recorded -> code(one.trial()).changeSince(recorded))
                    .ifPresent(change -> changes.add(one.trial().name() + " (" + one.state() + "): " + change));
        }
        if (changes.isEmpty()) {
            return;
        }
        String told = changes.size() + " of " + status.trials().size()
                + " trials were computed with other code than there is now (recorded -> now):\n  "
                + String.join("\n  ", changes.subList(0, Math.min(SHOWN, changes.size())))
                + (changes.size() > SHOWN ? "\n  and " + (changes.size() - SHOWN) + " more" : "");
        if (!accepted) {
            throw CommandFailure.usage(told
                    + "\nTheir figures belong to the recorded code and cannot be compared with new ones. Put that back,"
                    + " run the sweep elsewhere (--out), or accept it with --accept-code: complete trials then keep"
                    + " their figures, others go on with the new code");
        }
        environment.tell("notice: " + told);
    }

    /** The parts whose trials were computed with more than one code, a sentence each: their figures do not compare. */
    static List<String> mixtures(SweepStatus status) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (TrialStatus one : status.trials()) {
            one.status()
                    .flatMap(StatusReport::problemCode)
                    .ifPresent(
                            code -> counts.computeIfAbsent(Parts.of(one.trial()).label(), label -> new TreeMap<>())
                                    .merge(ProblemCode.shown(code), 1, Integer::sum));
        }
        List<String> mixtures = new ArrayList<>();
        counts.forEach((label, codes) -> {
            if (codes.size() > 1) {
                mixtures.add("trials of " + label + " were computed with " + codes.size() + " codes: "
                        + codes.entrySet().stream()
                                .map(code -> code.getValue() + " with " + code.getKey())
                                .collect(Collectors.joining(", "))
                        + "; their figures are not of one " + (label.contains(" and ") ? "code" : "problem"));
            }
        });
        return mixtures;
    }

    /** The code of a trial; of what is not known here there is no change. */
    private ProblemCode code(Trial trial) {
        return codes.computeIfAbsent(
                Parts.of(trial),
                parts -> ProblemCode.of(parts.problem(), parts.policy(), parts.algorithm(), catalogue));
    }

    /**
     * The parts of a trial by name.
     *
     * @param problem empty for one that is read from a file
     * @param policy empty where a model is fitted to data
     */
    private record Parts(String problem, String policy, String algorithm) {

        static Parts of(Trial trial) {
            try {
                JsonNode root = MAPPER.readTree(trial.configuration());
                return new Parts(name(root, "problem"), name(root, "policy"), name(root, "algorithm"));
            } catch (JsonProcessingException malformed) {
                return new Parts("", "", "");
            }
        }

        private static String name(JsonNode root, String section) {
            return root.path(section).path("name").asText();
        }

        /** The parts whose code is recorded: the problem, and of policy and algorithm those that do not ship with Stackel. */
        String label() {
            Catalogue shipped = Catalogue.shipped();
            StringBuilder label = new StringBuilder("problem ").append(problem.isEmpty() ? "file" : problem);
            if (!policy.isEmpty() && !shipped.policies().containsKey(policy)) {
                label.append(" and policy ").append(policy);
            }
            if (!algorithm.isEmpty() && !shipped.algorithms().containsKey(algorithm)) {
                label.append(" and algorithm ").append(algorithm);
            }
            return label.toString();
        }
    }
}
