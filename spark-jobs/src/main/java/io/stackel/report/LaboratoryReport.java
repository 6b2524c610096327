package io.stackel.report;

import io.stackel.lab.Exponent;
import io.stackel.lab.Laboratory.Design;
import io.stackel.lab.Measured;
import io.stackel.lab.Measured.Mean;
import io.stackel.lab.Measured.Point;
import io.stackel.report.Chart.Column;
import io.stackel.report.Chart.Kind;
import io.stackel.report.Chart.Scale;
import io.stackel.report.Chart.Series;
import io.stackel.report.Chart.Style;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One page on a study of sample complexity: samples against eps beside the powers of theory, exponents, constants. */
public final class LaboratoryReport {

    private static final double[] POWERS = {4, 3, 2.5, 2, 1};

    private final Design design;
    private final List<Measured> results;
    private final Page page;

    /**
     * Begins the page.
     *
     * @param name of the study
     */
    public LaboratoryReport(String name, Design design, List<Measured> results) {
        this.design = design;
        this.results = List.copyOf(results);
        page = new Page(
                "Stackel laboratory " + name,
                "Stackel laboratory",
                name,
                "How many environment steps each scheme took until the mean squared norm of the exact hypergradient was at"
                        + " most eps, and the power k of samples = a / eps^k.",
                verdict());
    }

    /** The page. */
    public String html() {
        int cells = results.stream()
                .flatMap(one -> one.points().stream())
                .mapToInt(point -> point.counts().size())
                .sum();
        page.tile("Schemes", Integer.toString(results.size()), "measured");
        page.tile("Runs", Quantities.whole(cells), "beside those on which constants were tuned");
        page.tile("Seeds", Integer.toString(design.seeds().size()), "at each eps, none of them a tuning seed");
        page.section("exponents", "Exponents", exponents());
        for (Mean mean : Mean.values()) {
            String id = mean == Mean.WHOLE_RUN ? "whole-run" : "last-tenth";
            Optional<Chart> chart = chart(id, mean);
            chart.ifPresent(one -> page.section(
                    id + "-samples", "Samples against eps, mean of the " + mean.words(), page.figure(one)));
        }
        page.section("constants", "Constants", constants());
        page.section("points", "Every point", points());
        return page.html();
    }

    private String verdict() {
        List<String> found = results.stream()
                .flatMap(one -> one.exponent(Mean.WHOLE_RUN).stream()
                        .map(fit -> one.scheme().name() + " " + Exponent.word(fit.mean()) + " (theory "
                                + Quantities.significant(one.scheme().exponent()) + ")"))
                .toList();
        return found.isEmpty()
                ? "No scheme came to three accuracies on every seed; raise the cap, or take larger shares."
                : "Measured powers of 1/eps: " + String.join(", ", found) + ".";
    }

    private static String words(Measured one, Mean mean) {
        return one.exponent(mean).map(Exponent::words).orElse("");
    }

    private Html exponents() {
        return new Table<>("The power k of samples = a / eps^k, 95 % bootstrap intervals over seeds", results)
                .text("scheme", one -> one.scheme().name())
                .text("what it is", one -> one.scheme().words())
                .real("theory", one -> one.scheme().exponent())
                .text("mean of the whole run", one -> words(one, Mean.WHOLE_RUN))
                .text("mean of the last tenth", one -> words(one, Mean.LAST_TENTH))
                .text(
                        "accuracies",
                        one -> one.complete().size() + " of "
                                + design.epsilons().size())
                .html();
    }

    private Html constants() {
        return new Table<>(
                        "Constants with the fewest samples at eps "
                                + Quantities.significant(design.epsilons().get(0)) + ", tuning seeds "
                                + design.tuningSeeds(),
                        results)
                .text("scheme", one -> one.scheme().name())
                .real("step size", one -> one.constants().map(c -> c.stepSize()).orElse(Double.NaN))
                .real(
                        "sigma",
                        one -> one.constants()
                                .filter(c -> one.scheme().hasSigma())
                                .map(c -> c.sigma())
                                .orElse(Double.NaN))
                .text(
                        "sigma follows",
                        one -> one.scheme().hasSigma()
                                ? "eps^" + Quantities.significant(one.scheme().sigmaPower())
                                : "")
                .text(
                        "units",
                        one -> one.constants()
                                .map(c -> Long.toString(c.units()))
                                .orElse("none came to eps"))
                .text(
                        "units follow",
                        one -> "eps^-" + Quantities.significant(one.scheme().unitsPower()))
                .html();
    }

    private record Row(Measured of, Point point) {}

    private Html points() {
        List<Row> rows = results.stream()
                .flatMap(one -> one.points().stream().map(point -> new Row(one, point)))
                .toList();
        return new Table<>("Geometric means over the seeds that came to eps, if all did", rows)
                .text("scheme", row -> row.of.scheme().name())
                .real("eps", row -> row.point.epsilon())
                .text(
                        "seeds",
                        row -> row.point.reached() + " of " + row.point.counts().size())
                .real("samples, whole run", row -> row.point.samples(Mean.WHOLE_RUN))
                .real("samples, last tenth", row -> row.point.samples(Mean.LAST_TENTH))
                .html();
    }

    /** Samples by eps, and the powers of theory through the middle of the first points. */
    private Optional<Chart> chart(String id, Mean mean) {
        List<Double> epsilons = design.epsilons();
        List<Series> lines = new ArrayList<>();
        double logs = 0;
        for (Measured one : results) {
            if (one.complete().isEmpty()) {
                continue;
            }
            List<Object> values = MetricTable.boxed(one.points().stream()
                    .mapToDouble(point -> point.samples(mean))
                    .toArray());
            logs += Math.log(one.complete().get(0).samples(mean));
            lines.add(new Series(one.scheme().name(), values));
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        double anchor = Math.exp(logs / lines.size());
        for (double power : POWERS) {
            List<Object> values = MetricTable.boxed(epsilons.stream()
                    .mapToDouble(eps -> anchor * Math.pow(epsilons.get(0) / eps, power))
                    .toArray());
            lines.add(new Series("eps^-" + Quantities.significant(power), values).as(Style.REFERENCE));
        }
        return Optional.of(new Chart(
                id,
                "Samples until the mean of the " + mean.words() + " is at most eps",
                "Environment steps of training, a geometric mean over seeds; both axes are logarithmic, so a power law is a"
                        + " straight line. Lower is better, and flatter is better for small eps. Dotted lines are the powers"
                        + " that theory knows, through the middle of the first points. A line ends where some seed did not"
                        + " come to eps within the cap.",
                results.size() + " schemes.",
                Kind.LINES,
                new Column("eps", List.copyOf(epsilons), true),
                new Scale("samples", true),
                lines));
    }
}
