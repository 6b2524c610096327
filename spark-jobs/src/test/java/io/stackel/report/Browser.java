package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Chromium without a window, driven by {@code src/test/browser/check.js}; tests are skipped by name where it is missing. */
final class Browser {

    private static final String PLAYWRIGHT = "1.65.1";
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private final Path chromium;
    private final Path driver;

    private Browser(Path chromium, Path driver) {
        this.chromium = chromium;
        this.driver = driver;
    }

    /** The browser; aborts the test with the name of what is not installed. */
    static Browser required() throws IOException, InterruptedException {
        Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> program(name).stream())
                .findFirst();
        Assumptions.assumeTrue(chromium.isPresent(), "not run: Chromium is not installed (Debian package chromium)");
        Assumptions.assumeTrue(program("node").isPresent(), "not run: Node.js is not installed (node)");
        return new Browser(chromium.orElseThrow(), driver());
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The folder of playwright-core, which npm fetches once a build. */
    private static Path driver() throws IOException, InterruptedException {
        Path place = Files.createDirectories(PROJECT.resolve("target/browser"));
        Path driver = place.resolve("node_modules/playwright-core");
        if (!Files.exists(driver)) {
            Assumptions.assumeTrue(
                    program("npm").isPresent(), "not run: npm is not installed, to fetch playwright-core");
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            place.toString(),
                            "playwright-core@" + PLAYWRIGHT)
                    .redirectErrorStream(true)
                    .redirectOutput(place.resolve("npm.log").toFile())
                    .start();
            boolean fetched = npm.waitFor(2, TimeUnit.MINUTES) && npm.exitValue() == 0;
            npm.destroy();
            Assumptions.assumeTrue(fetched, "not run: npm could not fetch playwright-core " + PLAYWRIGHT);
        }
        return driver;
    }

    /** Opens a page and tells what the browser saw. */
    JsonNode open(Path page) throws IOException, InterruptedException {
        Path out = Files.createTempFile("browser", ".json");
        Path err = Files.createTempFile("browser", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    "node", PROJECT.resolve("src/test/browser/check.js").toString(), page.toString());
            builder.environment().put("CHROMIUM", chromium.toString());
            builder.environment().put("PLAYWRIGHT_CORE", driver.toString());
            Process node = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            assertThat(node.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(node.exitValue()).as(Files.readString(err)).isZero();
            return new ObjectMapper().readTree(Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
