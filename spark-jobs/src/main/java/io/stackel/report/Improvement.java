package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.StatusQuo;
import io.stackel.run.CommitSummary;
import io.stackel.run.Quantities;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a run has gained, and what it rests on, in sentences for people. */
public final class Improvement {

    private Improvement() {}

    /**
     * The upper objective at the start and now: at the exact best response, if that is known, otherwise from the status quo on,
     * or from the first row where none was measured; sampled figures with their standard errors.
     */
    public static Optional<String> of(RunReader reader, Head head) {
        MetricTable first = MetricTable.parse(reader.read(head.chain().get(0).metrics()));
        CommitSummary now = CommitSummary.decode(head.commit().summary());
        String exact = Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE;
        String sampled = Evaluation.UPPER_OBJECTIVE;
        return sentence(exact, first, exact, "at the start", now)
                .or(() -> sentence(sampled, first, StatusQuo.OBJECTIVE, "at the status quo", now))
                .or(() -> sentence(sampled, first, sampled, "at the start", now));
    }

    /** The follower's entropy weight with its standard error, if it was estimated from data. */
    public static Optional<String> estimate(RunReader reader, Head head) {
        MetricTable first = MetricTable.parse(reader.read(head.chain().get(0).metrics()));
        String key = Evaluation.ENTROPY_WEIGHT;
        OptionalDouble value = first.first(key);
        return value.isPresent()
                ? Optional.of(key + ": " + shown(value.getAsDouble(), first.first(Measured.error(key)))
                        + ", estimated from the follower's log")
                : Optional.empty();
    }

    private static Optional<String> sentence(
            String figure, MetricTable first, String from, String place, CommitSummary now) {
        OptionalDouble start = first.first(from);
        OptionalDouble end = now.figure(figure);
        return start.isPresent() && end.isPresent()
                ? Optional.of(figure + ": "
                        + shown(start.getAsDouble(), first.first(Measured.error(from))) + " " + place + ", "
                        + shown(end.getAsDouble(), now.figure(Measured.error(figure))) + " now (lower is better)")
                : Optional.empty();
    }

    private static String shown(double value, OptionalDouble standardError) {
        return Quantities.number(value)
                + (standardError.orElse(0) > 0 ? " +- " + Quantities.number(standardError.getAsDouble()) : "");
    }
}
