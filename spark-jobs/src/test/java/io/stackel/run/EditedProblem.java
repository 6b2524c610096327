package io.stackel.run;

import io.stackel.problem.ProblemFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A user's problem that is compiled here, so that it can be edited: {@code reward-design} with a discount in its source. */
public final class EditedProblem {

    public static final String CONFIGURATION = """
            format: 1
            name: edited
            problem: {name: edited}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.2}
            upper: {stepSize: 0.05, units: 8}
            lower: {solver: sampled, innerSteps: 1, units: 8}
            sampling: {horizon: 10, unitsPerChunk: 4}
            stop: {iterations: 4}
            evaluation: {every: 1}
            checkpoint: {every: 1, keep: 9}
            """;

    private static final String SOURCE = """
            package org.example;

            import io.stackel.families.Families;
            import io.stackel.problem.*;
            import java.util.*;

            public final class Edited implements ProblemFactory {
                public String name() { return "edited"; }
                public String summary() { return "a problem that is edited"; }
                public List<Parameter> parameters() { return List.of(); }
                public Problem create(Settings settings) {
                    ProblemFactory design = Families.all().stream()
                            .filter(one -> one.name().equals("reward-design")).findFirst().orElseThrow();
                    Map<String, Object> values = new TreeMap<>();
                    design.parameters().forEach(one -> one.fallback().ifPresent(value -> values.put(one.name(), value)));
                    values.put("states", 4L);
                    values.put("actions", 2L);
                    values.put("discount", DISCOUNT);
                    return design.create(Settings.of(values));
                }
            }
            """;

    private EditedProblem() {}

    /** Compiles the problem with a discount into a folder of classes, over what was there. */
    public static Path classes(Path folder, double discount) {
        return UserSource.compile(
                folder,
                "Edited.java",
                SOURCE.replace("DISCOUNT", Double.toString(discount)),
                Map.of(ProblemFactory.class, "org.example.Edited"));
    }

    /** Packs a folder as a build would that was made at some time: its manifest, order and times tell that. */
    public static Path jar(Path classes, Path jar, long millis) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Build-Time", Long.toString(millis));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream into = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            add(JarFile.MANIFEST_NAME, millis, into);
            manifest.write(into);
            into.closeEntry();
            add("META-INF/maven/pom.properties", millis, into);
            into.write(Long.toString(millis).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            into.closeEntry();
            add("org/", millis, into);
            into.closeEntry();
            for (Path one : files.filter(Files::isRegularFile)
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList()) {
                add(classes.relativize(one).toString(), millis, into);
                Files.copy(one, into);
                into.closeEntry();
            }
        }
        return jar;
    }

    private static void add(String name, long millis, JarOutputStream into) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(millis));
        into.putNextEntry(entry);
    }

    /** Does something while this thread's class loader finds the problem in a jar or a folder. */
    public static <T> T with(Path jarOrFolder, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jarOrFolder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return work.get();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
