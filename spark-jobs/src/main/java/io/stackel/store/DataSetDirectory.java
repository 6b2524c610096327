package io.stackel.store;

import io.stackel.algorithm.Safetensors;
import io.stackel.math.Sha256;
import io.stackel.math.Tensor;
import io.stackel.problem.DataBlock;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A data set in a directory: {@code blocks/<k>.safetensors} with {@code features} [rows][columns] and {@code labels}
 * [rows], and {@code dataset.json}, which is created last and at most once.
 */
public final class DataSetDirectory {

    private static final int LONGEST = 1 << 28;

    private final Storage storage;
    private final CheckedStorage files;

    /** Names the directory of a data set; it need not exist. */
    public DataSetDirectory(Storage storage) {
        this.storage = storage;
        files = new CheckedStorage(
                storage,
                " of the data set " + storage.root(),
                "run the same command again when the store answers and has space",
                "the data set " + storage.root()
                        + " is damaged: restore the file from a copy, or import the data again elsewhere");
    }

    /** What the data set is, or nothing where there is none, or none yet. */
    public Optional<DataSetFile> read() {
        try {
            return files.read(DataSetFile.NAME, LONGEST)
                    .map(bytes -> DataSetFile.decode(Json.parseFormatted("data set " + this, bytes)));
        } catch (IllegalArgumentException malformed) {
            throw files.damaged(DataSetFile.NAME + ": " + malformed.getMessage());
        }
    }

    /**
     * Writes a block, or writes it over.
     *
     * @param features row-major
     * @param labels one a row
     */
    public DataSetFile.Block write(int index, int columns, double[] features, double[] labels) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("features", new Tensor.Real(features, labels.length, columns));
        tensors.put("labels", new Tensor.Real(labels, labels.length));
        byte[] bytes = Safetensors.encodeTensors(tensors);
        files.put(DataSetFile.path(index), bytes);
        return new DataSetFile.Block(bytes.length, Sha256.of(bytes));
    }

    /**
     * Declares the data set complete.
     *
     * @return false if there is one already, which stays
     * @throws StorageException refused if blocks are missing, as on a disk that the tasks did not share
     */
    public boolean complete(DataSetFile file) {
        try {
            int found = storage.list(DataSetFile.FOLDER).size();
            if (found < file.blocks().size()) {
                throw StorageException.refused(
                        "data set " + this + " must have " + file.blocks().size() + " blocks, but " + found
                                + " are found from here",
                        "give a place that the driver and all executors share, as hdfs: or s3a:");
            }
            return storage.putIfAbsent(DataSetFile.NAME, file.encode());
        } catch (IOException failed) {
            throw files.unanswered("cannot write " + DataSetFile.NAME, failed);
        }
    }

    /** Reads a block and compares it with what the file says of it. */
    DataBlock block(DataSetFile file, int index) {
        String path = DataSetFile.path(index);
        DataSetFile.Block entry = file.blocks().get(index);
        byte[] bytes = files.require(new StoredFile(path, entry.length(), entry.sha256()));
        SortedMap<String, Tensor> tensors = Safetensors.decodeTensors(bytes);
        int rows = file.rowsOf(index);
        int columns = file.columns().size();
        if (tensors.get("features") instanceof Tensor.Real features
                && tensors.get("labels") instanceof Tensor.Real labels
                && features.size() == (long) rows * columns
                && labels.size() == rows) {
            return DataBlock.of((long) index * file.rowsPerBlock(), columns, features.values(), labels.values());
        }
        throw files.damaged(path + " must hold features and labels of " + rows + " rows and " + columns + " columns");
    }

    @Override
    public String toString() {
        return storage.root().toString();
    }
}
