package io.stackel.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers the calls to a file system, from 0 since the last plan, and strikes at one of them. */
final class CallFaults {

    /** What happens at the call of the plan. */
    enum Fault {
        /** The process is gone before it. */
        CRASH_BEFORE,
        /** The process is gone after it. */
        CRASH_AFTER,
        /** A write puts down half of its bytes, then the process is gone; another call is not reached. */
        CRASH_WITHIN,
        /** From here on nothing can be written: the disk is full or a quota is used up. */
        NO_SPACE
    }

    /** The process is gone: nothing that handles failures of input and output may go on after it. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A call that may be made or not. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws IOException;
    }

    /** A write that may be made in part. */
    @FunctionalInterface
    interface Write {
        void make(byte[] bytes) throws IOException;
    }

    private final List<String> calls = new ArrayList<>();
    private Fault fault = Fault.CRASH_BEFORE;
    private int at = Integer.MAX_VALUE;
    private boolean gone;
    private int refused;

    /** Plans a fault at a call, counted from 0 from now on. */
    synchronized void plan(int number, Fault kind) {
        calls.clear();
        refused = 0;
        gone = false;
        at = number;
        fault = kind;
    }

    /** Plans nothing more. */
    void heal() {
        plan(Integer.MAX_VALUE, Fault.CRASH_BEFORE);
    }

    /** Every call since the last plan: a verb and a file. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** How many writes were refused for want of space. */
    synchronized int refused() {
        return refused;
    }

    /** A call that reads, lists, removes or names. */
    synchronized <T> T call(String name, Call<T> real) throws IOException {
        int number = begin(name);
        T answer = real.make();
        end(number);
        return answer;
    }

    /** A call that takes space. */
    synchronized <T> T create(String name, Call<T> real) throws IOException {
        int number = begin(name);
        requireSpace(number, name);
        T answer = real.make();
        end(number);
        return answer;
    }

    /** A call that writes bytes. */
    synchronized void write(String name, byte[] bytes, Write real) throws IOException {
        int number = begin(name);
        requireSpace(number, name);
        if (number == at && fault == Fault.CRASH_WITHIN) {
            real.make(Arrays.copyOf(bytes, bytes.length / 2));
            throw crash();
        }
        real.make(bytes);
        end(number);
    }

    private int begin(String name) {
        int number = calls.size();
        if (gone) {
            throw new Crash();
        }
        calls.add(name);
        if (number == at && fault == Fault.CRASH_BEFORE) {
            throw crash();
        }
        return number;
    }

    private void end(int number) {
        if (number == at && (fault == Fault.CRASH_AFTER || fault == Fault.CRASH_WITHIN)) {
            throw crash();
        }
    }

    private void requireSpace(int number, String name) throws IOException {
        if (number >= at && fault == Fault.NO_SPACE) {
            refused++;
            throw new IOException(name + ": No space left on device");
        }
    }

    private Crash crash() {
        gone = true;
        return new Crash();
    }
}
