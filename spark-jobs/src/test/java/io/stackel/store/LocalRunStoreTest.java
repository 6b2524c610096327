package io.stackel.store;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

class LocalRunStoreTest implements StoreContract {

    static final Supplier<Configuration> NO_HADOOP = () -> {
        throw new AssertionError("a local run must not ask for Hadoop");
    };

    @TempDir
    Path folder;

    private int roots;

    @Override
    public Storage freshStorage() {
        return Stores.open(folder.resolve("runs/" + roots++).toUri(), NO_HADOOP, false);
    }

    @Override
    public Place freshPlace() {
        CallFaults faults = new CallFaults();
        Path root = folder.resolve("runs/" + roots++);
        FaultyDisk disk = new FaultyDisk(faults);
        return new Place(
                new LocalStorage(root), new LocalStorage(disk.folder(root)), faults, () -> disk.cutPower(root));
    }

    @Override
    public int fewestCalls() {
        return 15;
    }

    @Override
    public int fewestLosses() {
        return 10;
    }

    /** Racers on a disk come in one after another: so many rounds find a look that is followed by a write. */
    @Override
    public int rounds() {
        return 100;
    }
}
