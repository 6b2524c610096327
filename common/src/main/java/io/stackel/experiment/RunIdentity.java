package io.stackel.experiment;

import io.stackel.math.Sha256;
import io.stackel.problem.Parameter.Effect;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What makes two configurations the same run.
 *
 * <p>The canonical form is JSON on one line: every key of {@link Effect#IDENTITY} after defaults, keys sorted, reals as
 * strings of the 16 hexadecimal digits of their bits ({@code "0x3fe0000000000000"}), and keys of {@link Effect#CONTENT},
 * as {@code problem.file}, as {@code "sha256:..."} of the content in place of where it lies.
 *
 * <p>A version with more keys than the one that began a run writes another canonical form of the same configuration. What
 * the run recorded stays as it is; {@link #changesSince} says whether it means the same.
 *
 * @param canonicalJson the canonical form
 * @param sha256 64 hexadecimal digits of its UTF-8 bytes
 * @param absences what a canonical form says that lacks a key, by dotted path, as {@link KeyChange} shows it
 */
public record RunIdentity(String canonicalJson, String sha256, SortedMap<String, String> absences) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final int SHOWN = 12;
    private static final Pattern RUN_NAME = Pattern.compile(FixedSections.NAME_PATTERN + "-[0-9a-f]{" + SHOWN + "}");

    public RunIdentity {
        absences = Collections.unmodifiableSortedMap(new TreeMap<>(absences));
    }

    /** An identity as it was recorded; what it lacks is not known. */
    public static RunIdentity recorded(String canonicalJson) {
        return new RunIdentity(canonicalJson, Sha256.of(canonicalJson), new TreeMap<>());
    }

    /**
     * The identity of a configuration. That of a recorded one is the identity that the version which recorded it gave it:
     * keys that the record lacks have no part in it.
     *
     * @param contents SHA-256, 64 hexadecimal digits, of what lies at each of {@link ExperimentConfiguration#places}
     * @throws IllegalArgumentException if a digest is missing, superfluous or malformed
     */
    public static RunIdentity of(ExperimentConfiguration configuration, SortedMap<String, String> contents) {
        Set<String> places = configuration.places().keySet();
        if (!places.equals(contents.keySet())) {
            throw new IllegalArgumentException(
                    "SHA-256 must be given of " + places + ", but was given of " + contents.keySet());
        }
        SortedMap<String, Object> tree = new TreeMap<>();
        SortedMap<String, String> absences = new TreeMap<>();
        configuration.keys().forEach((path, key) -> {
            boolean noPlace = key.effect() == Effect.CONTENT && !places.contains(path);
            if (!key.assumed() && (key.effect() == Effect.IDENTITY || noPlace)) {
                tree.put(path, canonical(key.value()));
            }
            if (key.effect() == Effect.IDENTITY || key.effect() == Effect.CONTENT) {
                key.absence().ifPresent(value -> absences.put(path, ConfigurationDifference.shown(value)));
            }
        });
        contents.forEach((path, digest) -> {
            if (!SHA_256.matcher(digest).matches()) {
                throw new IllegalArgumentException("SHA-256 must be 64 hexadecimal digits, but was " + digest);
            }
            tree.put(path, "sha256:" + digest);
        });
        String canonicalJson = JsonText.compact(ResolvedText.nested(tree));
        return new RunIdentity(canonicalJson, Sha256.of(canonicalJson), absences);
    }

    /**
     * The keys in which this is another run than one that was recorded, in their order; none if it is the same. A key that
     * the record lacks, because its version did not have it, is the same if it has the value that its absence means.
     *
     * @param recorded a canonical form
     * @throws IllegalArgumentException if it is none
     */
    public List<KeyChange> changesSince(String recorded) {
        if (recorded.equals(canonicalJson)) {
            return List.of();
        }
        return ConfigurationDifference.betweenCanonical(recorded, canonicalJson).stream()
                .filter(change -> change.before().isPresent()
                        || !change.after().equals(Optional.ofNullable(absences.get(change.key()))))
                .toList();
    }

    /** The name of the run's directory unless the user gives another: name, hyphen, 12 digits of the hash. */
    public String runName(String name) {
        return name + "-" + sha256.substring(0, SHOWN);
    }

    /** Whether {@link #runName} gives this name to some run of this identity; such a name cannot leave its folder. */
    public static boolean isRunName(String runName, String sha256) {
        return SHA_256.matcher(sha256).matches()
                && RUN_NAME.matcher(runName).matches()
                && runName.endsWith("-" + sha256.substring(0, SHOWN));
    }

    private static Object canonical(Object value) {
        return value instanceof Double real ? "0x" + HexFormat.of().toHexDigits(Double.doubleToLongBits(real)) : value;
    }
}
