package io.stackel.cli;

import io.stackel.run.ExitCode;
import io.stackel.run.RunEnvironment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command of the command line, whose fields are its options. */
abstract class Subcommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Does what the options ask for. */
    abstract ExitCode run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return run().code();
    }

    final CommandSpec spec() {
        return spec;
    }

    CommandEnvironment environment() {
        return ((Subcommand) spec.root().userObject()).environment();
    }

    /** The class loader that sees the user's jars. */
    static ClassLoader loader() {
        return RunEnvironment.loader();
    }

    /** Prints a result. */
    final void print(String result) {
        environment().print(result);
    }

    /** Prints a result that is one line. */
    final void println(String line) {
        print(line + System.lineSeparator());
    }

    /** Tells people something that is no result. */
    final void tell(String lines) {
        environment().tell(lines);
    }

    /** Tells people what they should know although the command goes on. */
    final void notice(String sentence) {
        tell("notice: " + sentence);
    }
}
