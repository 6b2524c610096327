package io.stackel.run;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.GivenProblem;
import io.stackel.experiment.ProblemSelection;
import io.stackel.math.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The code of the user's own that a run is made of, so that it does not go on in silence with another one.
 *
 * <p>It is the jar or the folder of classes in which the factory of the problem, of the policy or of the algorithm was found:
 *
 * <pre>
 *   digest = SHA-256 over the entries, sorted by name, of  name (UTF-8), zero byte, length (int64, big endian), bytes
 * </pre>
 *
 * <p>Folders, {@code META-INF/MANIFEST.MF}, {@code META-INF/maven/} and signatures are left out, and times have no part, so
 * that the same classes have the same digest in a folder, in a jar, and in a jar that was built again. Other jars that the
 * factories call are not covered. Of several places with different digests, in the order problem, policy, algorithm, it is
 * SHA-256 over these digests, 64 hexadecimal digits each. The version of Stackel stands for what ships with it.
 *
 * @param digest 64 hexadecimal digits; {@link #SHIPPED} for Stackel's own; nothing where it cannot be read
 * @param place of the code, for people
 */
public record ProblemCode(Optional<String> digest, String place) {

    /** In the place of a digest: all parts ship with Stackel. */
    static final String SHIPPED = "stackel";

    private static final int SHOWN = 12;
    private static final Pattern LEFT_OUT =
            Pattern.compile("META-INF/(MANIFEST\\.MF|maven/.*|[^/]*\\.(SF|RSA|DSA|EC))");

    /** The code of the problem, the policy and the algorithm that a configuration names. */
    static ProblemCode of(ExperimentConfiguration configuration, Catalogue catalogue) {
        return of(
                configuration.problem() instanceof ProblemSelection.Named named ? named.name() : "",
                configuration.has("policy") ? configuration.policy().name() : "",
                configuration.algorithm().name(),
                catalogue);
    }

    /** The code of parts by name, empty for one that has none; nothing, if the catalogue does not have one of them. */
    public static ProblemCode of(String problem, String policy, String algorithm, Catalogue catalogue) {
        Catalogue shipped = Catalogue.shipped();
        List<ProblemCode> own = new ArrayList<>();
        add(problem, catalogue.problems(), shipped.problems(), own);
        add(policy, catalogue.policies(), shipped.policies(), own);
        add(algorithm, catalogue.algorithms(), shipped.algorithms(), own);
        return own.isEmpty() ? new ProblemCode(Optional.of(SHIPPED), "Stackel") : together(own);
    }

    private static void add(String name, Map<String, ?> known, Map<String, ?> shipped, List<ProblemCode> into) {
        if (!name.isEmpty() && !shipped.containsKey(name)) {
            into.add(known.containsKey(name) ? of(known.get(name)) : new ProblemCode(Optional.empty(), name));
        }
    }

    /** Nothing, if one of them cannot be read. */
    private static ProblemCode together(List<ProblemCode> parts) {
        Set<String> digests = new LinkedHashSet<>();
        Set<String> places = new LinkedHashSet<>();
        for (ProblemCode part : parts) {
            part.digest.ifPresent(digests::add);
            places.add(part.place);
        }
        String place = String.join(" and ", places);
        if (parts.stream().anyMatch(part -> part.digest.isEmpty())) {
            return new ProblemCode(Optional.empty(), place);
        }
        return new ProblemCode(
                Optional.of(
                        digests.size() == 1
                                ? digests.iterator().next()
                                : Sha256.of(String.join("", digests).getBytes(StandardCharsets.US_ASCII))),
                place);
    }

    /** The code of one factory. */
    private static ProblemCode of(Object factory) {
        Class<?> own = factory instanceof GivenProblem given ? given.problem().getClass() : factory.getClass();
        CodeSource source = own.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return new ProblemCode(Optional.empty(), own.getName());
        }
        Optional<Path> path = path(source.getLocation());
        String place = path.map(Path::toString).orElse(source.getLocation().toString());
        try {
            return new ProblemCode(path.map(ProblemCode::digest), place);
        } catch (UncheckedIOException unreadable) {
            return new ProblemCode(Optional.empty(), place);
        }
    }

    /**
     * What has changed since a commit, as {@code code of /home/me/mine.jar: 0123456789ab -> ba9876543210}.
     *
     * @param recorded by the commit; nothing in those of older versions, which is taken as the same
     */
    public Optional<String> changeSince(Optional<String> recorded) {
        return recorded.isEmpty() || digest.isEmpty() || recorded.equals(digest)
                ? Optional.empty()
                : Optional.of("code of " + place + ": " + shown(recorded.get()) + " -> " + shown(digest.get()));
    }

    /** The first digits of a digest, for people. */
    public static String shown(String digest) {
        return digest.substring(0, Math.min(SHOWN, digest.length()));
    }

    private static Optional<Path> path(URL location) {
        if (!location.getProtocol().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(location.toURI()));
        } catch (URISyntaxException | InvalidPathException | FileSystemNotFoundException unusual) {
            return Optional.empty();
        }
    }

    private static String digest(Path jarOrFolder) {
        try {
            if (Files.isDirectory(jarOrFolder)) {
                return ofFolder(jarOrFolder);
            }
            try (FileSystem jar = FileSystems.newFileSystem(jarOrFolder)) {
                return ofFolder(jar.getPath("/"));
            }
        } catch (IOException | ProviderNotFoundException unreadable) {
            throw new UncheckedIOException(new IOException(unreadable));
        }
    }

    private static String ofFolder(Path folder) throws IOException {
        SortedMap<String, Path> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            entries.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        MessageDigest digest = Sha256.digest();
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            if (!LEFT_OUT.matcher(entry.getKey()).matches()) {
                byte[] bytes = Files.readAllBytes(entry.getValue());
                digest.update(entry.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(
                        ByteBuffer.allocate(Long.BYTES).putLong(0, bytes.length).array());
                digest.update(bytes);
            }
        }
        return Sha256.hex(digest);
    }
}
