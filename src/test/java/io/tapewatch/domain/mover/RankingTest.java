package io.tapewatch.domain.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapewatch.Rounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static final long SEED = 20240401;

    @Test
    void gainersRoseAndLosersFellAndTheGreatestComesFirst() {
        MoverLists lists = new Ranking(3)
                .of(List.of(
                        mover("UP", 1.0, 1.0, 1),
                        mover("FLAT", 0.0, 1.0, 1),
                        mover("NEW", null, 1.0, 1),
                        mover("DOWN", -1.0, 1.0, 1),
                        mover("SKY", 7.5, 1.0, 1),
                        mover("DEEP", -7.5, 1.0, 1)));

        assertThat(lists.gainers()).extracting(Mover::symbol).containsExactly("SKY", "UP");
        assertThat(lists.losers()).extracting(Mover::symbol).containsExactly("DEEP", "DOWN");
    }

    @Test
    void theMostActiveHaveTheGreatestTurnoverAndThoseWithoutOneComeLast() {
        MoverLists lists = new Ranking(9)
                .of(List.of(
                        mover("FEW", null, null, 2),
                        mover("MANY", null, null, 900),
                        mover("ZERO", null, 0.0, 1),
                        mover("BELOW", null, -5.0, 1),
                        mover("MOST", null, 5.0, 1),
                        mover("SAME", null, 0.0, 2)));

        assertThat(lists.mostActive())
                .extracting(Mover::symbol)
                .containsExactly("MOST", "SAME", "ZERO", "BELOW", "MANY", "FEW");
    }

    @Test
    void whoIsEqualComesByName() {
        MoverLists lists =
                new Ranking(2).of(List.of(mover("C", 1.0, 1.0, 1), mover("A", 1.0, 1.0, 1), mover("B", 1.0, 1.0, 1)));

        assertThat(lists.gainers()).extracting(Mover::symbol).containsExactly("A", "B");
        assertThat(lists.mostActive()).extracting(Mover::symbol).containsExactly("A", "B");
    }

    @Test
    void listsAreThoseOfSortingAllInAnyOrderAndAnyGroups() {
        Random random = new Random(SEED);
        int full = 0;
        int short0 = 0;
        int emptyGroups = 0;
        int ties = 0;
        for (int round = 0; round < Rounds.of(3_000); round++) {
            List<Mover> movers = movers(random, random.nextInt(60));
            int size = 1 + random.nextInt(12);
            MoverLists expected = NaiveRanking.of(movers, size);
            Collections.shuffle(movers, random);

            Ranking ranking = new Ranking(size);
            assertThat(ranking.of(movers)).as("seed %d, round %d", SEED, round).isEqualTo(expected);

            List<List<Mover>> groups = IntStream.range(0, 8)
                    .mapToObj(i -> (List<Mover>) new ArrayList<Mover>())
                    .toList();
            movers.forEach(mover -> groups.get(random.nextInt(8)).add(mover));
            assertThat(ranking.merged(groups.stream().map(ranking::of).toList()))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(expected);

            full += expected.gainers().size() == size ? 1 : 0;
            short0 += expected.losers().size() < size ? 1 : 0;
            emptyGroups += groups.stream().anyMatch(List::isEmpty) ? 1 : 0;
            List<Mover> gainers = expected.gainers();
            ties += IntStream.range(1, gainers.size()).anyMatch(i -> gainers.get(i)
                            .changePct()
                            .equals(gainers.get(i - 1).changePct()))
                    ? 1
                    : 0;
        }
        assertThat(List.of(full, short0, emptyGroups, ties))
                .as("full lists, short lists, empty groups, ties")
                .allMatch(times -> times > Rounds.of(100));
    }

    @Test
    void aListHoldsOneAtLeast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ranking(0))
                .withMessage("lists of 0 movers; expected 1 or more");
    }

    private static List<Mover> movers(Random random, int number) {
        List<Mover> movers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            movers.add(mover(
                    "S" + i,
                    random.nextInt(5) == 0 ? null : (random.nextInt(9) - 4) / 2.0,
                    random.nextInt(3) == 0 ? null : (double) random.nextInt(4) - 1,
                    1 + random.nextInt(3)));
        }
        return movers;
    }

    private static Mover mover(String symbol, Double changePct, Double turnover, long count) {
        return new Mover(symbol, changePct, 100, changePct == null ? null : 99.0, count, turnover, turnover, null);
    }
}
