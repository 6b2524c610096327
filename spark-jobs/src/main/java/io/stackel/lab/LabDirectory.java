package io.stackel.lab;

import io.stackel.store.SealedFiles;
import io.stackel.store.Storage;
import java.net.URI;
import java.util.Optional;

/**
 * The directory of a study: {@code cells/<name>.json}, what each cell took, so that a study that was stopped goes on with what
 * is missing. All files are sealed; one that is not as it was written is refused.
 */
public final class LabDirectory {

    private static final int LARGEST_FILE = 1 << 20;

    private final SealedFiles files;
    private final String configuration;

    /** Names the directory of a study with a configuration; it need not exist. */
    public LabDirectory(Storage storage, CellRun run) {
        files = new SealedFiles(storage);
        configuration = run.text();
    }

    /** Where it is. */
    public URI root() {
        return files.root();
    }

    /** What a cell took, if it was run. */
    Optional<Count> count(Cell cell) {
        return files.object(path(cell), LARGEST_FILE).map(Count::decode);
    }

    /** Keeps what a cell took; safe for one caller at a time. */
    void keep(Cell cell, Count count) {
        files.replace(path(cell), count.json());
    }

    private String path(Cell cell) {
        return "cells/" + cell.name(configuration) + ".json";
    }
}
