package io.stackel.store;

import io.stackel.math.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The content of a run's directory by the entity tags of its files, which an object store gives anew whenever a file is
 * written: while they are equal, whatever was read of the directory still stands.
 *
 * @param sha256 of paths and tags
 */
public record RunTags(String sha256) {

    private static final List<String> FOLDERS =
            List.of(Layout.COMMITS, Layout.OWNERS, Layout.DATA, Layout.METRICS, Layout.STATUS);

    /**
     * The tags of one run, of those files that say how it stands.
     *
     * @param tags of its directory by path
     * @return nothing where there is no file of a run
     */
    public static Optional<RunTags> of(SortedMap<String, String> tags) {
        MessageDigest digest = Sha256.digest();
        boolean[] found = new boolean[1];
        tags.forEach((path, tag) -> {
            if (isOfRun(path)) {
                found[0] = true;
                digest.update((path + "\n" + tag + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        return found[0] ? Optional.of(new RunTags(Sha256.hex(digest))) : Optional.empty();
    }

    private static boolean isOfRun(String path) {
        int slash = path.indexOf('/');
        return slash < 0
                ? path.equals(Layout.RUN)
                : FOLDERS.contains(path.substring(0, slash)) && path.indexOf('/', slash + 1) < 0;
    }
}
