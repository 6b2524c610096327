package io.stackel.cli;

import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** Tries a place for runs with every verb of a store, and takes the time. */
final class StoreCheckup {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double SLOW_MILLIS = 2_000;

    private interface Verb {
        boolean works() throws IOException;
    }

    private final LongSupplier nanoTime;
    private final List<Diagnosis> findings = new ArrayList<>();

    StoreCheckup(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    List<Diagnosis> findings(URI place, Supplier<Configuration> hadoop) {
        try {
            long start = nanoTime.getAsLong();
            Storage storage = Stores.open(place, hadoop, false);
            findings.add(Diagnosis.good("open", place + took(start)));
            tryVerbs(storage, "doctor-" + UUID.randomUUID());
        } catch (StorageException refused) {
            findings.add(Diagnosis.bad("store", place.toString(), refused.getMessage()));
        }
        return findings;
    }

    private void tryVerbs(Storage storage, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        verb("create once", () -> storage.putIfAbsent(name, bytes));
        verb("create twice", () -> !storage.putIfAbsent(name, "other".getBytes(StandardCharsets.US_ASCII)));
        verb("read", () -> Arrays.equals(bytes, storage.read(name, bytes.length + 1)));
        verb("write", () -> {
            storage.put(name, bytes);
            return true;
        });
        verb("replace", () -> {
            storage.replace(name, bytes);
            return true;
        });
        verb("list", () -> {
            storage.list("commits");
            return true;
        });
        verb("delete", () -> {
            storage.delete(name);
            return true;
        });
    }

    private void verb(String name, Verb verb) {
        long start = nanoTime.getAsLong();
        try {
            boolean works = verb.works();
            String took = took(start).strip();
            if (!works) {
                findings.add(Diagnosis.bad(
                        name, took + ", with a wrong answer", "use another store: runs would be lost here"));
            } else if ((nanoTime.getAsLong() - start) / NANOS_PER_MILLI > SLOW_MILLIS) {
                findings.add(
                        Diagnosis.fair(name, took, "choose a nearer store, or more iterations in checkpoint.every"));
            } else {
                findings.add(Diagnosis.good(name, took));
            }
        } catch (IOException failed) {
            findings.add(Diagnosis.bad(name, failed.toString(), "fix the place, the permissions or the credentials"));
        }
    }

    private String took(long start) {
        return String.format(Locale.ROOT, " %.1f ms", (nanoTime.getAsLong() - start) / NANOS_PER_MILLI);
    }
}
