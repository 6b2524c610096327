package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a browser can tell of a report. */
class ReportBrowserIT {

    @TempDir
    Path folder;

    private static void assertQuiet(JsonNode seen, Path page) {
        assertThat(seen.path("ready").asBoolean()).isTrue();
        assertThat(seen.path("errors")).isEmpty();
        assertThat(seen.path("requests")).hasSize(1);
        assertThat(seen.path("requests").get(0).asText()).isEqualTo("file://" + page);
        assertThat(seen.path("pwned").asInt()).isZero();
        assertThat(seen.path("scripts").asInt()).isEqualTo(2);
        assertThat(seen.path("foreign").asInt()).isZero();
        assertThat(seen.path("handlers").asInt()).isZero();
        assertThat(seen.path("unnamed").asInt()).isZero();
    }

    @Test
    void reportIsDrawnWithoutErrorsOrRequestsAndCanBeReadByKeyboard() throws IOException, InterruptedException {
        Browser browser = Browser.required();
        Path page = folder.resolve("page.html");
        FinishedRun.command("report", FinishedRun.in(folder), "--to", page);

        JsonNode seen = browser.open(page);

        assertQuiet(seen, page);
        assertThat(seen.path("drawings").asInt())
                .isEqualTo(seen.path("figures").asInt())
                .isGreaterThanOrEqualTo(8);
        assertThat(seen.path("cutOff")).isEmpty();
        assertThat(seen.path("downloads")).hasSize(3);
        String file = "stackel-run-tiny-rooms-path.";
        assertThat(seen.path("downloads").path(file + "svg").asText())
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .contains("value of the coordinate", "cell (");
        assertThat(seen.path("downloads").path(file + "png").asText()).isEqualTo("PNG");
        assertThat(seen.path("downloads").path(file + "csv").asText().lines())
                .hasSize(1
                        + FinishedRun.record(folder.resolve("run"))
                                .metrics()
                                .rows()
                                .size())
                .first()
                .asString()
                .startsWith("\"iteration\",\"");
        assertThat(seen.path("wide").asBoolean()).isFalse();
        assertThat(seen.path("wideOnPhone").asBoolean()).isFalse();
        List<String> focus = new ArrayList<>();
        seen.path("focus").forEach(name -> focus.add(name.asText()));
        assertThat(focus).startsWith("a.skip", "button.theme", "a.").contains("div.plot", "summary.", "pre.");
        assertThat(seen.path("spoken").asText()).contains("at the follower's best response");
        assertThat(seen.path("rows").asInt())
                .isEqualTo(FinishedRun.record(folder.resolve("run"))
                        .metrics()
                        .rows()
                        .size());
    }

    @Test
    void payloadsInEveryFieldStayInert() throws IOException, InterruptedException {
        Browser browser = Browser.required();
        RunRecord hostile = FinishedRun.hostile(FinishedRun.record(FinishedRun.in(folder)));
        Path page = Files.writeString(
                folder.resolve("page.html"),
                RunReport.html(hostile, Rebuilt.not(Payloads.together()), FinishedRun.decoder()));

        JsonNode seen = browser.open(page);

        assertQuiet(seen, page);
        assertThat(seen.path("title").asText()).contains("<script>window.pwned=1</script>");
    }

    @Test
    void sweepOfAThousandTrialsIsDrawnAndItsTextsStayInert() throws IOException, InterruptedException {
        Browser browser = Browser.required();
        Path page = Files.writeString(
                folder.resolve("sweep.html"),
                new SweepReport(
                                "thousand " + Payloads.ALL.get(0),
                                ManyTrials.AXES,
                                ManyTrials.of(1000, Payloads.together()),
                                new SweepRules(OptionalDouble.of(1e-3), 0.5),
                                List.of(),
                                List.of())
                        .html(OptionalInt.empty()));

        JsonNode seen = browser.open(page);

        assertQuiet(seen, page);
        assertThat(seen.path("drawings").asInt())
                .isEqualTo(seen.path("figures").asInt())
                .isEqualTo(6);
        assertThat(seen.path("milliseconds").asInt()).isLessThan(60_000);
    }
}
