package io.tapewatch.bench.contender;

import java.util.OptionalLong;
import java.util.Set;

/** One of the programs that are measured side by side: it reads the prices of a topic, from the beginning, and works on them. */
public interface Contender {

    /** Its name in the table and on the command line, such as {@code ours-1m}. */
    String name();

    /** What it does, in some words. */
    String words();

    /** What it promises of its results. */
    Set<Promise> promises();

    /** Whether it stands still when it has read all there is. */
    default boolean stopsAtTheEnd() {
        return true;
    }

    /**
     * The class path of the JVM that it is measured in.
     *
     * @param own that of this JVM
     */
    default String classPath(String own) {
        return own;
    }

    /**
     * Starts it in this JVM. It goes on until it is closed, also when it has read all there is.
     *
     * @param task what it works on
     */
    Running start(Task task) throws Exception;

    /** One that has been started. */
    interface Running extends AutoCloseable {

        /** @throws Exception what it failed with, if it is not running any more */
        void expectRunning() throws Exception;

        /**
         * The bytes of state it keeps, of all that it has read by now. It may end for that: what follows is {@link #close}.
         *
         * @return empty if it keeps none
         */
        OptionalLong stateBytes() throws Exception;

        /** Ends it, and waits until it has. */
        @Override
        void close();
    }
}
