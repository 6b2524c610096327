package io.stackel.store;

import io.stackel.math.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code run.json} holds: all that decides the bits of a run.
 *
 * @param identity the canonical form of the configuration, a JSON object on one line
 * @param numericsVersion raised whenever the same configuration gives other bits
 */
public record RunHeader(String identity, int numericsVersion) {

    private static final Pattern FILE = Pattern.compile("\\{\"format\":" + Json.FORMAT
            + ",\"identity\":(\\{.*\\}),\"identitySha256\":\"([0-9a-f]{64})\",\"numericsVersion\":([0-9]{1,9})\\}\n");

    public RunHeader {
        if (identity.indexOf('\n') >= 0 || !identity.startsWith("{")) {
            throw new IllegalArgumentException("identity must be a JSON object on one line, but was " + identity);
        }
        Json.parse(identity.getBytes(StandardCharsets.UTF_8));
        if (numericsVersion < 0 || numericsVersion > 999_999_999) {
            throw new IllegalArgumentException("numericsVersion must be in [0, 999999999], but was " + numericsVersion);
        }
    }

    /** SHA-256 of {@link #identity}, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return Sha256.of(identity);
    }

    /** The bytes of {@code run.json}. */
    byte[] encode() {
        return ("{\"format\":" + Json.FORMAT + ",\"identity\":" + identity + ",\"identitySha256\":\"" + sha256()
                        + "\",\"numericsVersion\":" + numericsVersion + "}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The header in the bytes of {@code run.json}, which must be to the byte as {@link #encode} writes them. */
    static RunHeader decode(byte[] bytes) {
        Matcher matcher = FILE.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not as it was written");
        }
        RunHeader header = new RunHeader(matcher.group(1), Integer.parseInt(matcher.group(3)));
        if (!header.sha256().equals(matcher.group(2))) {
            throw new IllegalArgumentException("must hold an identity with SHA-256 " + matcher.group(2)
                    + ", but its SHA-256 is " + header.sha256());
        }
        return header;
    }
}
