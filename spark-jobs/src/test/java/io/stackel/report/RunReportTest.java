package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.math.Sha256;
import io.stackel.store.RunReader;
import io.stackel.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {

    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("<pre tabindex=\"0\">(.*?)</pre>", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static String only(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }

    private static String sourceOf(String content) {
        return "'sha256-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.of(content))) + "'";
    }

    @Test
    void reportIsWrittenBesideTheRunWhichStaysIntact() throws IOException {
        Path run = FinishedRun.in(folder);

        assertThat(FinishedRun.command("report", run).strip()).endsWith("report.html");

        String page = Files.readString(run.resolve("report.html"));
        assertThat(page)
                .contains("<h1>tiny-rooms</h1>", "The record is sound", "Never interrupted", "Is the answer good?")
                .contains("The world, context 2 of 2", "cell (", "What the follower does", "stateSha256");
        assertThat(FinishedRun.command("verify", run)).contains("intact");
    }

    @Test
    void policyAllowsExactlyTheScriptsAndStylesInside() {
        FinishedRun.command("report", FinishedRun.in(folder), "--to", folder.resolve("page.html"));
        String page = read(folder.resolve("page.html"));
        List<String> scripts = new ArrayList<>();
        SCRIPT.matcher(page).results().forEach(found -> scripts.add(sourceOf(found.group(1))));

        assertThat(scripts).hasSize(1);
        assertThat(page)
                .contains("content=\"default-src 'none'; script-src " + String.join(" ", scripts) + "; style-src "
                        + sourceOf(only(STYLE, page)) + "; img-src blob:; base-uri 'none'; form-action 'none'\"")
                .doesNotContain("style=\"", " src=\"", "http-equiv=\"refresh\"");
    }

    @Test
    void chartsHoldTheRowsOfMetrics() throws IOException {
        Path run = FinishedRun.in(folder);
        FinishedRun.command("report", run);
        JsonNode charts = new ObjectMapper()
                .readTree(only(DATA, read(run.resolve("report.html"))))
                .path("charts");
        MetricTable metrics = FinishedRun.record(run).metrics();

        JsonNode objective = charts.get(charts.findValuesAsText("id").indexOf("objective"));
        assertThat(objective.path("x").path("values")).hasSize(metrics.rows().size());
        for (int i = 0; i < metrics.rows().size(); i++) {
            assertThat(objective.path("series").get(0).path("values").get(i))
                    .isEqualTo(metrics.rows().get(i).path("upperObjectiveAtBestResponse"));
        }
        assertThat(charts.findValuesAsText("id"))
                .contains(
                        "world-0",
                        "world-1",
                        "changes",
                        "path",
                        "lower-gap",
                        "gradient",
                        "signal-to-noise",
                        "stationarity",
                        "saturation")
                .doesNotContain("true-return", "losses");
    }

    /** The names are the problem's: four-rooms calls its last upper variable unspent. */
    @Test
    void picturesHaveTheNamesOfTheProblemAndThePathOfX() throws IOException {
        Path run = FinishedRun.in(folder);
        FinishedRun.command("report", run);
        JsonNode data = new ObjectMapper().readTree(only(DATA, read(run.resolve("report.html"))));
        JsonNode charts = data.path("charts");
        List<String> ids = charts.findValuesAsText("id");
        JsonNode path = charts.get(ids.indexOf("path"));

        assertThat(charts.get(ids.indexOf("world-0"))
                        .path("x")
                        .path("values")
                        .get(0)
                        .asText())
                .isEqualTo("cell (1,1)");
        assertThat(path.path("series").findValuesAsText("label"))
                .isSubsetOf(toTexts(charts.get(ids.indexOf("changes")).path("x").path("values")));
        assertThat(path.path("x").path("values"))
                .hasSize(FinishedRun.record(run).metrics().rows().size());
        double shown = path.path("series")
                .get(0)
                .path("values")
                .get(path.path("x").path("values").size() - 1)
                .asDouble();
        assertThat(shown)
                .isCloseTo(
                        charts.get(ids.indexOf("changes"))
                                .path("series")
                                .get(1)
                                .path("values")
                                .get(0)
                                .asDouble(),
                        within(1e-6));
        assertThat(data.has("reloadSeconds")).isFalse();
    }

    private static List<String> toTexts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    @Test
    void aPageThatIsWrittenAgainReloadsItself() throws IOException {
        Path run = FinishedRun.in(folder);
        String page = RunReport.html(
                run.toUri(),
                RunReader.open(Stores.openForReading(run.toUri(), Configuration::new)),
                Rebuilt.not("none"),
                FinishedRun.decoder(),
                OptionalInt.of(7));

        assertThat(new ObjectMapper()
                        .readTree(only(DATA, page))
                        .path("reloadSeconds")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void commandsOfTheReportGiveTheSameHashes() throws IOException {
        Path run = FinishedRun.in(folder);
        FinishedRun.command("report", run);
        String commands = only(COMMANDS, read(run.resolve("report.html")))
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
        List<String> lines = commands.lines().toList();
        Path again = Files.write(folder.resolve("again.yaml"), lines.subList(1, lines.indexOf("END_OF_CONFIGURATION")));

        String result = FinishedRun.command("run", again, "--engine", "local", "--out", folder.resolve("2"), "--json");

        JsonNode hashes = new ObjectMapper().readTree(result);
        assertThat(lines)
                .contains(
                        "stackel run tiny-rooms.yaml --engine local --out runs/again",
                        "#   " + hashes.path("stateSha256").asText(),
                        "#   " + hashes.path("metricsSha256").asText());
    }

    @Test
    void interruptionsAndDamageAreTold() throws IOException {
        Path run = FinishedRun.in(folder);
        FinishedRun.command(
                "run",
                folder.resolve("tiny-rooms.yaml"),
                "--engine",
                "local",
                "--out",
                run,
                "--set",
                "stop.iterations=9",
                "--set",
                "evaluation.every=1");
        FinishedRun.command("report", run);
        assertThat(read(run.resolve("report.html")))
                .contains(
                        "2 drivers, resumed 1 times",
                        "Interrupted and resumed without loss",
                        "stop.iterations",
                        "of it waiting for commits");

        RunRecord before = FinishedRun.record(run);
        assertThat(before.damage()).isEmpty();
        RunRecord after = new RunRecord(
                before.out(),
                before.identity(),
                before.numericsVersion(),
                before.head(),
                before.summary(),
                before.word(),
                before.owners(),
                before.standing(),
                before.metrics(),
                before.timings(),
                List.of("metrics of commit 1 are not as they were written"));
        assertThat(RunReport.html(after, Rebuilt.not("no problem file"), FinishedRun.decoder()))
                .contains("The record must not be relied on", "are not as they were written", "no problem file");
    }

    @Test
    void hostileTextsStayTexts() {
        RunRecord hostile = FinishedRun.hostile(FinishedRun.record(FinishedRun.in(folder)));
        String page = RunReport.html(hostile, Rebuilt.not(Payloads.together()), FinishedRun.decoder());
        String data = only(DATA, page);

        assertThat(Payloads.ALL).hasSizeGreaterThanOrEqualTo(30);
        for (String payload : Payloads.ALL) {
            assertThat(page).contains(Html.escaped(payload));
        }
        assertThat(SCRIPT.matcher(page).results()).hasSize(1);
        assertThat(data).contains("window.pwned").doesNotContain("<", ">", "&");
        assertThat(page.replace(data, "").replaceAll("(?s)<script>.*?</script>", ""))
                .doesNotContain("<img", "<iframe", "<svg onload", "<form", "<base", "<object", "<input");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
