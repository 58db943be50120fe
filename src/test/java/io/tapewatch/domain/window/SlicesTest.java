package io.tapewatch.domain.window;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlicesTest {

    private static final int FAR = 5_000;

    private final NodesInMemory nodes = new NodesInMemory();
    private Slices slices = new Slices();
    private final TreeMap<Long, Bar> naive = new TreeMap<>();
    private long offset;

    @Test
    void itIsASortedMapThatAddsUp() throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        for (long seed = 1; seed <= Rounds.of(60); seed++) {
            Random random = new Random(seed);
            int range = seed % 3 == 0 ? 60 : FAR;
            for (int step = 0; step < 3_000; step++) {
                String as = "seed " + seed + ", step " + step;
                long time = random.nextInt(range);
                switch (random.nextInt(seed % 2 == 0 ? 8 : 5)) {
                    case 0, 1, 2 -> add(seed % 5 == 0 ? naive.isEmpty() ? 0 : naive.lastKey() + 1 : time);
                    case 3 -> {
                        assertThat(start(slices.floor(time, nodes))).as(as).isEqualTo(naive.floorKey(time));
                        assertThat(start(slices.ceiling(time, nodes))).as(as).isEqualTo(naive.ceilingKey(time));
                    }
                    case 4 -> {
                        long from = random.nextInt(range);
                        assertThat(sum(Math.min(from, time), Math.max(from, time)))
                                .as(as)
                                .isEqualTo(naiveSum(Math.min(from, time), Math.max(from, time)));
                    }
                    default -> {
                        Long start = naive.ceilingKey(time);
                        if (start != null) {
                            slices.remove(start, nodes);
                            naive.remove(start);
                            seen.merge("removed", 1, Integer::sum);
                        }
                    }
                }
                if (random.nextInt(20) == 0) {
                    nodes.writeBack();
                    slices = random.nextBoolean() ? written(slices) : slices.copy();
                }
                seen.merge(
                        nodes.count() > 17 ? "three levels" : nodes.count() > 0 ? "two levels" : "one",
                        1,
                        Integer::sum);
                assertThat(slices.isEmpty()).as(as).isEqualTo(naive.isEmpty());
            }
            while (!naive.isEmpty()) {
                slices.remove(naive.pollFirstEntry().getKey(), nodes);
            }
            assertThat(slices.isEmpty()).isTrue();
            assertThat(nodes.isEmpty()).as("seed %d: nodes are left", seed).isTrue();
        }
        assertThat(seen).containsOnlyKeys("removed", "one", "two levels", "three levels");
    }

    @Test
    void whatWasAddedUpOnceIsAddedUpAnewAfterALateTick() {
        for (int i = 0; i < 100; i++) {
            add(i);
        }
        assertThat(sum(0, 90)).isEqualTo(naiveSum(0, 90));
        add(20);
        assertThat(sum(0, 90)).isEqualTo(naiveSum(0, 90));
    }

    @Test
    void anyNumberOfSlicesIsAddedUpFromAtMost128Parts() {
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            slices.open(i, nodes).add(tick("X").at(i).price(1).tick());
        }
        slices.addUp(1, count - 1, new Bar(), nodes);
        assertThat(slices.addUp(1, count - 1, new Bar(), nodes)).isLessThanOrEqualTo(128);
    }

    @Test
    void aTickReadsAndWritesOneNode() {
        for (int i = 0; i < 245; i++) {
            add(i);
        }
        nodes.writeBack();
        int reads = nodes.reads();
        add(244);
        assertThat(nodes.reads() - reads).isEqualTo(1);
    }

    private void add(long start) {
        Bar bar = slices.open(start, nodes);
        bar.add(tick("X").at(start).price(1 + offset % 7).offset(offset).tick());
        naive.computeIfAbsent(start, key -> new Bar())
                .add(tick("X").at(start).price(1 + offset % 7).offset(offset).tick());
        offset++;
    }

    private Bar sum(long from, long to) {
        Bar sum = new Bar();
        slices.addUp(from, to, sum, nodes);
        return sum;
    }

    private Bar naiveSum(long from, long to) {
        Bar sum = new Bar();
        naive.subMap(from, to).values().forEach(sum::merge);
        return sum;
    }

    private static Long start(Slice slice) {
        return slice == null ? null : slice.start();
    }

    private static Slices written(Slices slices) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        slices.writeTo(new DataOutputStream(bytes));
        return Slices.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
