package io.stackel.cli;

import io.stackel.run.CommandFailure;
import io.stackel.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a run or a sweep is kept that the user gave no place: {@code FOLDER/NAME-HASH}, or where an older version began the
 * same one, whose hash was another because it had fewer keys.
 *
 * @param folder of all of them, as {@code runs}
 * @param name with which the directories' names begin
 * @param wanted name of the directory by this version
 */
record DefaultPlace(Path folder, String name, String wanted) {

    private static final Pattern HASH = Pattern.compile("-[0-9a-f]{12}");

    /**
     * Finds the directory of a run or sweep that was given no {@code --out}.
     *
     * @param same whether what is kept in a directory is what is looked for
     * @param notices receives a line if an older version began it under another name
     */
    URI find(Predicate<URI> same, Consumer<String> notices) {
        Path here = folder.resolve(wanted);
        List<Path> earlier = Files.exists(here) ? List.of() : earlier(same);
        if (earlier.size() > 1) {
            throw CommandFailure.usage("older versions began this more than once: "
                    + earlier.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + "; say with --out which of them goes on, or give a new place");
        }
        earlier.forEach(one -> notices.accept("going on with " + one
                + ", which an older version began; for another one beside it give --out " + here));
        return Stores.uri(earlier.isEmpty() ? here.toString() : earlier.get(0).toString());
    }

    private List<Path> earlier(Predicate<URI> same) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(this::isOfTheName)
                    .sorted()
                    .filter(one -> same.test(Stores.uri(one.toString())))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private boolean isOfTheName(Path directory) {
        String file = directory.getFileName().toString();
        return file.startsWith(name)
                && HASH.matcher(file.substring(name.length())).matches();
    }
}
