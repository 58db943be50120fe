package io.tapewatch.bench.contender;

import java.util.List;

/** All contenders, in the order of the table. */
public final class Contenders {

    private static final List<Contender> ALL = List.of(new StreamsWindows("1m"), new StreamsWindows("5s/1s"));

    private Contenders() {}

    public static List<Contender> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException if none has that name */
    public static Contender named(String name) {
        return ALL.stream()
                .filter(contender -> contender.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("there is no contender '" + name + "'; there are "
                        + String.join(", ", ALL.stream().map(Contender::name).toList())));
    }
}
