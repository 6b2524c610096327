package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Properties;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** The layout of {@code conf/log4j2.properties}, by which libraries reach the terminal. */
class LogLayoutTest {

    private static PatternLayout layout() throws IOException {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(StandaloneServers.PROJECT.resolve("conf/log4j2.properties"))) {
            settings.load(in);
        }
        return PatternLayout.newBuilder()
                .setPattern(settings.getProperty("appender.stderr.layout.pattern"))
                .setAlwaysWriteExceptions(Boolean.parseBoolean(
                        settings.getProperty("appender.stderr.layout.alwaysWriteExceptions", "true")))
                .build();
    }

    @Test
    void linesOfLibrariesCommandNoTerminal() throws IOException {
        String hostile = "a\u001b[2J\u009b1m\r\u0007\u007f\u202eb\n\tc";
        Log4jLogEvent event = Log4jLogEvent.newBuilder()
                .setLoggerName("org.apache.hadoop.X")
                .setMessage(new SimpleMessage(hostile))
                .setThrown(new IllegalStateException(hostile))
                .build();

        String line = layout().toSerializable(event);

        assertThat(line.split("IllegalStateException", -1)).as("told once").hasSize(2);
        assertThat(line).contains(" X: a?[2J?1m????b\n\tc\n").contains("IllegalStateException: a?[2J?1m????b\n\tc");
        assertThat(line).doesNotContainPattern("[\\p{Cntrl}\\x80-\\x9f&&[^\n\t]]");
    }
}
