package io.stackel.store;

import io.stackel.experiment.KeyChange;
import io.stackel.experiment.RunIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code run.json} holds: all that decides the bits of a run.
 *
 * <p>A run keeps the header that it was begun with. A driver of a later version may have another canonical form of the same
 * configuration; {@link RunIdentity#changesSince} compares them.
 *
 * @param identity of the configuration; its canonical form is a JSON object on one line
 * @param numericsVersion raised whenever the same configuration gives other bits
 */
public record RunHeader(RunIdentity identity, int numericsVersion) {

    private static final String WITH_ANOTHER_VERSION =
            "resume it with the version that started it, or start a new run elsewhere (--out)";
    private static final Pattern FILE = Pattern.compile("\\{\"format\":" + Json.FORMAT
            + ",\"identity\":(\\{.*\\}),\"identitySha256\":\"([0-9a-f]{64})\",\"numericsVersion\":([0-9]{1,9})\\}\n");

    public RunHeader {
        String json = identity.canonicalJson();
        if (json.indexOf('\n') >= 0 || !json.startsWith("{")) {
            throw new IllegalArgumentException("identity must be a JSON object on one line, but was " + json);
        }
        Json.parse(json.getBytes(StandardCharsets.UTF_8));
        if (numericsVersion < 0 || numericsVersion > 999_999_999) {
            throw new IllegalArgumentException("numericsVersion must be in [0, 999999999], but was " + numericsVersion);
        }
    }

    /** SHA-256 of {@link #identity}, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return identity.sha256();
    }

    /** The bytes of {@code run.json}. */
    byte[] encode() {
        return ("{\"format\":" + Json.FORMAT + ",\"identity\":" + identity.canonicalJson()
                        + ",\"identitySha256\":\"" + sha256()
                        + "\",\"numericsVersion\":" + numericsVersion + "}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The header in the bytes of {@code run.json}, which must be to the byte as {@link #encode} writes them. */
    static RunHeader decode(byte[] bytes) {
        Matcher matcher = FILE.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not as it was written");
        }
        RunHeader header = new RunHeader(RunIdentity.recorded(matcher.group(1)), Integer.parseInt(matcher.group(3)));
        if (!header.sha256().equals(matcher.group(2))) {
            throw new IllegalArgumentException("must hold an identity with SHA-256 " + matcher.group(2)
                    + ", but its SHA-256 is " + header.sha256());
        }
        return header;
    }

    /**
     * Returns if a driver with this header may go on with the run that has the other.
     *
     * @param run where it is
     * @throws StorageException refused, with a line for each key that differs
     */
    void requireSame(RunHeader stored, String run) {
        requireSameIdentity(stored, run);
        if (stored.numericsVersion != numericsVersion) {
            throw StorageException.refused(otherNumerics(stored, run), WITH_ANOTHER_VERSION);
        }
    }

    /** A run is the same if no key has another meaning than in its record, which may lack keys of later versions. */
    void requireSameIdentity(RunHeader stored, String run) {
        List<KeyChange> changes = identity.changesSince(stored.identity.canonicalJson());
        if (changes.isEmpty()) {
            return;
        }
        String differences = changes.stream()
                .map(change -> "\n  " + change)
                .collect(Collectors.joining("", "another configuration (recorded -> given):", "\n"));
        if (stored.numericsVersion != numericsVersion) {
            throw StorageException.refused(
                    otherNumerics(stored, run) + "; it has also " + differences, WITH_ANOTHER_VERSION);
        }
        throw StorageException.refused(
                "the run " + run + " was started with " + differences,
                "to go on with it give these keys what was recorded (in the file, or by --set), or start another run"
                        + " elsewhere (--out)");
    }

    private String otherNumerics(RunHeader stored, String run) {
        return "the run " + run + " was computed with numericsVersion " + stored.numericsVersion
                + ", but this version has " + numericsVersion + " and would give other bits";
    }
}
