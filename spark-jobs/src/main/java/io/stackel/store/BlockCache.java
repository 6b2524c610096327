package io.stackel.store;

import io.stackel.problem.DataBlock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decoded blocks of data sets, up to a bound in bytes; those that were used least recently leave first.
 *
 * <p>A process has one, which all trials of a sweep and all tasks of an executor share. A block is known by the place and
 * the SHA-256 of its data set and its number, whichever configuration asks for it. If several threads ask for a block that
 * is not there, one reads it and the others wait; if the read fails, the next one tries.
 */
final class BlockCache {

    /** The system property that sets the bound: bytes, with k, m or g behind them for powers of 1,024. */
    static final String MEMORY = "stackel.data.memory";

    /** The share of the largest heap that blocks may take up unless the property says otherwise. */
    private static final int SHARE = 4;

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmg]?)b?");

    /** Objects and headers of a block beside its numbers. */
    private static final long OVERHEAD = 300;

    private static final BlockCache OF_PROCESS = new BlockCache(BlockCache::configured);

    private final LongSupplier bound;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    /**
     * An empty cache.
     *
     * @param bound bytes, asked for whenever a block comes in
     */
    BlockCache(LongSupplier bound) {
        this.bound = bound;
    }

    /** The cache that the whole process shares. */
    static BlockCache ofProcess() {
        return OF_PROCESS;
    }

    /** A block of any data set. */
    record Key(String place, String sha256, int index) {}

    /** A block, once it has been read; its monitor belongs to the thread that reads. */
    private static final class Entry {
        private volatile Optional<DataBlock> block = Optional.empty();
        private long size;
    }

    /**
     * The most bytes that blocks take up.
     *
     * @throws IllegalArgumentException if the system property is no size
     */
    long bound() {
        return bound.getAsLong();
    }

    private static long configured() {
        String text = System.getProperty(MEMORY, "");
        if (text.isEmpty()) {
            return Runtime.getRuntime().maxMemory() / SHARE;
        }
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("the system property " + MEMORY
                    + " must be a number of bytes, such as 500m or 8g, but was " + text);
        }
        int power = "kmg".indexOf(size.group(2)) + 1;
        return Long.parseLong(size.group(1)) << (size.group(2).isEmpty() ? 0 : 10 * power);
    }

    /**
     * A block.
     *
     * @param read reads it where it is not here
     */
    DataBlock get(Key key, Supplier<DataBlock> read) {
        Entry entry = entry(key);
        Optional<DataBlock> there = entry.block;
        return there.orElseGet(() -> loaded(key, entry, read));
    }

    private synchronized Entry entry(Key key) {
        return entries.computeIfAbsent(key, absent -> new Entry());
    }

    private DataBlock loaded(Key key, Entry entry, Supplier<DataBlock> read) {
        synchronized (entry) {
            if (entry.block.isPresent()) {
                return entry.block.get();
            }
            boolean done = false;
            try {
                DataBlock block = read.get();
                entry.block = Optional.of(block);
                done = true;
                keep(key, entry, block);
                return block;
            } finally {
                if (!done) {
                    forget(key, entry);
                }
            }
        }
    }

    private synchronized void forget(Key key, Entry entry) {
        entries.remove(key, entry);
    }

    /** Counts a block that was read and lets others go until all fit. */
    private synchronized void keep(Key key, Entry entry, DataBlock block) {
        if (entries.get(key) != entry) {
            return;
        }
        entry.size = (long) Double.BYTES * block.rows() * (block.columns() + 1) + OVERHEAD;
        held += entry.size;
        long most = bound();
        Iterator<Entry> oldest = entries.values().iterator();
        while (held > most && oldest.hasNext()) {
            Entry old = oldest.next();
            if (old.size > 0) {
                held -= old.size;
                oldest.remove();
            }
        }
    }

    /** The bytes that blocks take up now. */
    synchronized long held() {
        return held;
    }
}
