package io.stackel.store;

import io.stackel.experiment.RunIdentity;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
}
