package io.tapewatch.bench;

import io.tapewatch.bench.contender.Contenders;
import io.tapewatch.bench.contender.Figures;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The whole job, or whichever contender of {@link SideBySide}, of two builds over one topic. */
final class JobPairs implements PairedBench {

    private final String contender;
    private final Arena.Options options;
    private final Consumer<String> told;
    private Arena arena;

    /**
     * @param contender its name, which both builds have
     * @param told gets lines that say how far it is
     */
    JobPairs(String contender, Arena.Options options, Consumer<String> told) {
        this.contender = contender;
        this.options = options;
        this.told = told;
    }

    /** Of the clock, or of CPU: of both the smaller is the better. */
    @Override
    public String unit() {
        return "ns a tick";
    }

    @Override
    public String unitBesides() {
        return "B of garbage a tick";
    }

    @Override
    public boolean isLowerBetter() {
        return true;
    }

    @Override
    public boolean isIn(Build build) throws IOException, InterruptedException {
        return build.java(SideBySide.class.getName(), List.of("--list", "--contenders", contender))
                        .exitCode()
                == 0;
    }

    @Override
    public List<Score> run(Build build) throws Exception {
        if (arena == null) {
            arena = Arena.open(options, told);
        }
        Figures figures = arena.run(contender, Contenders.named(contender).classPath(build.classPath()));
        return List.of(
                new Score(contender + " clock", 1e9 / figures.ticksPerSecond(), figures.garbageATick()),
                new Score(contender + " CPU", 1e3 * figures.cpuATick(), figures.garbageATick()));
    }

    @Override
    public void close() throws IOException {
        if (arena != null) {
            arena.close();
        }
    }
}
