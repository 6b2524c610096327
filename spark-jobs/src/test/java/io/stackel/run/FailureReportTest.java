package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.DivergedException;
import io.stackel.math.UnsolvableException;
import io.stackel.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureReportTest {

    private static String written(Throwable failure, boolean debug) {
        return FailureReport.text(failure, debug) + "\n";
    }

    private static <T extends Throwable> T thrownAt(T failure, String... classes) {
        failure.setStackTrace(List.of(classes).stream()
                .map(name -> new StackTraceElement(name, "method", "File.java", 7))
                .toArray(StackTraceElement[]::new));
        return failure;
    }

    @Test
    void failureOfTheUsersProblemNamesItsLine() {
        Throwable failure = new IllegalStateException(
                "a batch failed",
                thrownAt(
                        new ArithmeticException("/ by zero"),
                        "java.util.List",
                        "com.example.MyProblem",
                        "io.stackel.estimate.SimulatorSampler"));

        assertThat(FailureReport.exitCode(failure)).isEqualTo(ExitCode.DATA);
        assertThat(written(failure, false))
                .startsWith(
                        "stackel: your own code failed: a batch failed\n  at com.example.MyProblem.method(File.java:7)")
                .doesNotContain("\tat ");
        assertThat(written(failure, true)).contains("\tat com.example.MyProblem");
    }

    @Test
    void argumentThatTheProblemGaveAndWeRefusedIsTheProblems() {
        Throwable failure = thrownAt(
                new IllegalArgumentException("transition row 7 must sum to at most 1"),
                "io.stackel.mdp.MarkovGame",
                "com.example.MyProblem",
                "io.stackel.estimate.FiniteTables");

        assertThat(FailureReport.exitCode(failure)).isEqualTo(ExitCode.DATA);
        assertThat(FailureReport.message(failure)).contains("\n  at com.example.MyProblem.method(File.java:7)");
        assertThat(FailureReport.exitCode(thrownAt(
                        new IllegalArgumentException("x"), "io.stackel.math.Softmax", "io.stackel.exact.ExactPoint")))
                .isEqualTo(ExitCode.BUG);
    }

    @Test
    void rulesThatAProblemBrokeAreToldInOneLine() {
        assertThat(FailureReport.exitCode(new ProblemException("x"))).isEqualTo(ExitCode.DATA);
        assertThat(written(new UnsolvableException("payoffs must be finite"), false))
                .isEqualTo("stackel: payoffs must be finite\n");
    }

    @Test
    void failureInOurCodeIsABugAndShowsItsStack() {
        Throwable failure = thrownAt(new NullPointerException("x"), "java.util.Objects", "io.stackel.exact.ExactPoint");

        assertThat(FailureReport.exitCode(failure)).isEqualTo(ExitCode.BUG);
        assertThat(written(failure, false))
                .startsWith("stackel: unexpected failure: java.lang.NullPointerException: x\n")
                .contains("\tat io.stackel.exact.ExactPoint")
                .contains("please report it");
    }

    @Test
    void problemThatDoesNotFitTheMemoryIsNoBug() {
        Throwable failure = thrownAt(new OutOfMemoryError("Java heap space"), "io.stackel.families.RandomTables");

        assertThat(FailureReport.exitCode(failure)).isEqualTo(ExitCode.USAGE);
        assertThat(written(failure, false))
                .startsWith("stackel: out of memory (Java heap space); make the problem")
                .contains("spark.driver.memory")
                .doesNotContain("\tat ");
    }

    @Test
    void memoryThatIsShortOnAnotherThreadHasTheSameCode() {
        Throwable failure = new IllegalStateException(
                "a batch failed",
                new ExecutionException(thrownAt(new OutOfMemoryError("Java heap space"), "com.example.MyProblem")));

        assertThat(FailureReport.exitCode(failure)).isEqualTo(ExitCode.USAGE);
        assertThat(written(failure, false)).startsWith("stackel: out of memory (Java heap space); make the problem");
    }

    @Test
    void exceptionThatNothingDeclaresIsTheProblemsToo() {
        Throwable failure = thrownAt(new IOException("prices.csv"), "java.nio.file.Files", "com.example.MyProblem");

        assertThat(FailureReport.exitCode(failure)).isEqualTo(ExitCode.DATA);
        assertThat(written(failure, false))
                .startsWith(
                        "stackel: your own code failed: java.io.IOException: prices.csv\n  at com.example.MyProblem");
    }

    @Test
    void libraryThatTheProblemCalledIsNotToBlame() {
        Throwable failure = thrownAt(
                new NoSuchElementException("None.get"),
                "scala.None$",
                "com.example.MyProblem",
                "io.stackel.estimate.SimulatorSampler");

        assertThat(FailureReport.exitCode(failure)).isEqualTo(ExitCode.DATA);
        assertThat(FailureReport.message(failure)).contains("\n  at com.example.MyProblem.method");
    }

    @Test
    void libraryThatWeCalledIsOurs() {
        Throwable failure = thrownAt(
                new IllegalStateException("x"),
                "org.apache.hadoop.fs.FileSystem",
                "io.stackel.store.HadoopStorage",
                "com.example.Launcher");

        assertThat(FailureReport.exitCode(failure)).isEqualTo(ExitCode.BUG);
    }

    @Test
    void otherFailuresHaveTheirCodes() {
        assertThat(FailureReport.exitCode(new DivergedException("x"))).isEqualTo(ExitCode.DIVERGED);
        assertThat(FailureReport.exitCode(new CancellationException("x"))).isEqualTo(ExitCode.TRY_AGAIN);
        assertThat(FailureReport.exitCode(new CommandFailure(ExitCode.FENCED, "x")))
                .isEqualTo(ExitCode.FENCED);
        assertThat(written(new CommandFailure(ExitCode.USAGE, "what, where, why"), false))
                .isEqualTo("stackel: what, where, why\n");
    }
}
