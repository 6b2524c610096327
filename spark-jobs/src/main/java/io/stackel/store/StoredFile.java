package io.stackel.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.math.Sha256;
import java.util.Optional;

/**
 * A file as a commit names it.
 *
 * @param path below the run's root
 * @param length in bytes
 * @param sha256 of all bytes, 64 lower-case hexadecimal digits
 */
public record StoredFile(String path, int length, String sha256) {

    public StoredFile {
        Layout.requirePath(path);
        if (length < 0) {
            throw new IllegalArgumentException("length of " + path + " must not be negative, but was " + length);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 of " + path + " must be 64 digits, but was '" + sha256 + "'");
        }
    }

    static StoredFile of(String path, byte[] bytes) {
        return new StoredFile(path, bytes.length, Sha256.of(bytes));
    }

    static StoredFile from(JsonNode node) {
        return new StoredFile(Json.text(node, "path"), Json.natural(node, "length"), Json.text(node, "sha256"));
    }

    void into(ObjectNode node) {
        node.put("path", path).put("length", length).put("sha256", sha256);
    }

    /** What proves that the bytes are not those of the commit; read at most {@code readLimit()} of them. */
    Optional<String> damage(byte[] bytes) {
        if (bytes.length != length) {
            String found = bytes.length > length ? "more" : Integer.toString(bytes.length);
            return Optional.of(path + " must have " + length + " bytes, but has " + found);
        }
        String found = Sha256.of(bytes);
        return found.equals(sha256)
                ? Optional.empty()
                : Optional.of(path + " must have SHA-256 " + sha256 + ", but has " + found);
    }

    /** One byte more than the file should have, to notice a longer one without reading it all. */
    int readLimit() {
        return Math.min(length, Integer.MAX_VALUE - 9) + 1;
    }
}
