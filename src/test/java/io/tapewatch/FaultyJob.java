package io.tapewatch;

import io.tapewatch.settings.JobArguments;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job as it is, with a task that fails when it is told to: beside the job's jar on a cluster ({@code flink run -C
 * file:.../test-classes/ -c io.tapewatch.FaultyJob}).
 *
 * @see FailingSink#FOLDER_PROPERTY
 */
public final class FaultyJob {

    /** A property of the task managers: the folder of what tasks are told. */
    public static final String FOLDER_PROPERTY = FailingSink.FOLDER_PROPERTY;

    /** A file of this name there lets a task fail while its state is being taken. */
    public static final String AT_THE_CHECKPOINT = FailingSink.Moment.AT_THE_CHECKPOINT.name();

    /** A file of this name there holds the name of a folder: a task fails while a savepoint is being taken into it. */
    public static final String AT_THE_SAVEPOINT = FailingSink.AT_THE_SAVEPOINT;

    private FaultyJob() {}

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        TapewatchJob.build(
                env, JobArguments.parse(arguments), ends -> ExchangedEnds.withSummaries(ends, FailingSink::of));
        env.execute("tapewatch");
    }
}
