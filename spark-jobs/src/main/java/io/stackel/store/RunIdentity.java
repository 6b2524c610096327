package io.stackel.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes two runs the same: everything that decides their bits.
 *
 * @param json the resolved configuration as canonical JSON: one object on one line, keys sorted
 * @param numericsVersion raised whenever the same configuration gives other bits
 */
public record RunIdentity(String json, int numericsVersion) {

    private static final Pattern FILE = Pattern.compile("\\{\"format\":" + Json.FORMAT
            + ",\"identity\":(\\{.*\\}),\"identitySha256\":\"([0-9a-f]{64})\",\"numericsVersion\":([0-9]{1,9})\\}\n");

    public RunIdentity {
        if (json.indexOf('\n') >= 0 || !json.startsWith("{")) {
            throw new IllegalArgumentException("identity must be a JSON object on one line, but was " + json);
        }
        Json.parse(json.getBytes(StandardCharsets.UTF_8));
        if (numericsVersion < 0 || numericsVersion > 999_999_999) {
            throw new IllegalArgumentException("numericsVersion must be in [0, 999999999], but was " + numericsVersion);
        }
    }

    /** SHA-256 of {@link #json}, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return Sha256.of(json);
    }

    /** The bytes of {@code run.json}. */
    byte[] encode() {
        return ("{\"format\":" + Json.FORMAT + ",\"identity\":" + json + ",\"identitySha256\":\"" + sha256()
                        + "\",\"numericsVersion\":" + numericsVersion + "}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The identity in the bytes of {@code run.json}, which must be to the byte as {@link #encode} writes them. */
    static RunIdentity decode(byte[] bytes) {
        Matcher matcher = FILE.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not as it was written");
        }
        RunIdentity identity = new RunIdentity(matcher.group(1), Integer.parseInt(matcher.group(3)));
        if (!identity.sha256().equals(matcher.group(2))) {
            throw new IllegalArgumentException("must hold an identity with SHA-256 " + matcher.group(2)
                    + ", but its SHA-256 is " + identity.sha256());
        }
        return identity;
    }

    /** One line for each key whose value differs, in the order of the keys: {@code a.b: stored 1, given 2}. */
    List<String> differences(RunIdentity given) {
        SortedMap<String, String> mine = leaves(json);
        SortedMap<String, String> others = leaves(given.json);
        SortedSet<String> keys = new TreeSet<>(mine.keySet());
        keys.addAll(others.keySet());
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            String stored = mine.getOrDefault(key, "nothing");
            String other = others.getOrDefault(key, "nothing");
            if (!stored.equals(other)) {
                lines.add(key + ": stored " + stored + ", given " + other);
            }
        }
        return lines;
    }

    private static SortedMap<String, String> leaves(String json) {
        SortedMap<String, String> leaves = new TreeMap<>();
        ObjectNode root = Json.parse(json.getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            collect(field.getKey(), field.getValue(), leaves);
        }
        return leaves;
    }

    private static void collect(String key, JsonNode node, SortedMap<String, String> into) {
        if (node.isObject() && !node.isEmpty()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                collect(key + "." + field.getKey(), field.getValue(), into);
            }
        } else {
            into.put(key, node.toString());
        }
    }
}
