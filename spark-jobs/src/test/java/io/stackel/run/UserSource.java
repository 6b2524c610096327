package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.problem.ProblemFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;

/** Code of a user's own, compiled where it is found by its service entries. */
final class UserSource {

    private UserSource() {}

    /** Compiles a file into a folder of classes, over what was there. */
    static Path compile(Path folder, String file, String text, Map<Class<?>, String> services) {
        try {
            Path source = Files.createDirectories(folder.resolveSibling("source-of-" + folder.getFileName()))
                    .resolve(file);
            Files.writeString(source, text);
            Path entries = Files.createDirectories(folder.resolve("META-INF/services"));
            for (Map.Entry<Class<?>, String> service : services.entrySet()) {
                Files.writeString(entries.resolve(service.getKey().getName()), service.getValue() + "\n");
            }
            Path common = Path.of(ProblemFactory.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            int code = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-cp",
                            common.toString(),
                            "-d",
                            folder.toString(),
                            source.toString());
            assertThat(code).as("the compiler's exit code").isZero();
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
