package io.stackel.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All findings about a problem at a point.
 *
 * @param findings in the order of the checks
 * @param leftOut checks that were not made, or not with enough samples to tell much, each with the reason
 */
public record CheckReport(List<Finding> findings, List<String> leftOut) {

    private static final int FORMAT = 1;

    public CheckReport {
        findings = List.copyOf(findings);
        leftOut = List.copyOf(leftOut);
    }

    /** This report with more findings behind its own. */
    public CheckReport and(List<Finding> more) {
        return new CheckReport(Stream.concat(findings.stream(), more.stream()).toList(), leftOut);
    }

    /** Whether every check passed. */
    public boolean passed() {
        return failures().isEmpty();
    }

    /** The findings that did not pass. */
    public List<Finding> failures() {
        return findings.stream().filter(finding -> !finding.passed()).toList();
    }

    /** A tree for {@link io.stackel.experiment.JsonText}: format, passed, findings, leftOut. */
    public Map<String, Object> tree() {
        List<Object> rows = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", finding.name());
            row.put("error", finding.error());
            row.put("bound", finding.bound());
            row.put("passed", finding.passed());
            row.put("explanation", finding.explanation());
            rows.add(row);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("passed", passed());
        tree.put("findings", rows);
        tree.put("leftOut", List.copyOf(leftOut));
        return tree;
    }

    /** One line a finding, failures with their explanation, then notes on what was left out and a count. */
    public String text() {
        int width = findings.stream()
                .mapToInt(finding -> finding.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-4s  %-" + Math.max(1, width) + "s  error %9.3g  bound %9.3g\n",
                    finding.passed() ? "ok" : "FAIL",
                    finding.name(),
                    finding.error(),
                    finding.bound()));
            if (!finding.passed()) {
                text.append("      ").append(finding.explanation()).append('\n');
            }
        }
        leftOut.forEach(line -> text.append("note: ").append(line).append('\n'));
        text.append(findings.size() - failures().size())
                .append(" of ")
                .append(findings.size())
                .append(" checks passed\n");
        return text.toString();
    }

    /**
     * Returns if every check passed; for unit tests.
     *
     * @throws AssertionError otherwise, with the text of the report
     */
    public void requirePassed() {
        if (!passed()) {
            throw new AssertionError(failures().size() + " of " + findings.size() + " checks failed; the first: "
                    + failures().get(0).name() + ": "
                    + failures().get(0).explanation() + "\n" + text());
        }
    }
}
