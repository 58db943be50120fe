package io.tapewatch.domain.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapewatch.Rounds;
import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static final long SEED = 20240401;
    private static final List<String> BASES = List.of("100", "0.1", "1.1", "3", "0.000000001", "1000000000000000");

    /** Against 0.3, some of them change by the same double. */
    private static final List<String> NEIGHBOURS = List.of(
            "0.4",
            "0.400000000000000001",
            "0.400000000000000002",
            "0.2",
            "0.200000000000000001",
            "0.200000000000000002");

    /** The last two are the same double. */
    private static final List<String> TURNOVERS =
            List.of("-5", "0", "0.3", "12345678901234567890.1", "12345678901234567890.2");

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
    void aSymbolWithoutACloseIsInNoList() {
        Mover none = new Mover("NONE", null, null, Decimal.of("100"), 0, BigDecimal.TEN, BigDecimal.TEN, null);
        Mover some = mover("SOME", 1.0, 1.0, 1);

        MoverLists lists = new Ranking(3).of(List.of(none, some));

        assertThat(lists.gainers()).containsExactly(some);
        assertThat(lists.losers()).isEmpty();
        assertThat(lists.mostActive()).containsExactly(some);
    }

    /** 0.4 / 0.3 and 0.400000000000000001 / 0.3 are 33.333333333333336 % both, as the nearest doubles. */
    @Test
    void changesAreComparedToTheLastDigit() {
        Mover less = KnownMovers.mover("A", "0.4", "0.3", 1, null, null, null);
        Mover more = KnownMovers.mover("B", "0.400000000000000001", "0.3", 1, null, null, null);
        Mover same = KnownMovers.mover("C", "4", "3", 1, null, null, null);
        assertThat(less.changePct()).isEqualTo(more.changePct());

        assertThat(new Ranking(3).of(List.of(same, less, more)).gainers())
                .extracting(Mover::symbol)
                .containsExactly("B", "A", "C");

        Mover rose = KnownMovers.mover("UP", "1000000000000000000", "999999999999999999", 1, null, null, null);
        Mover fell = KnownMovers.mover("DOWN", "999999999999999999", "1000000000000000000", 1, null, null, null);
        assertThat(new Ranking(3).of(List.of(rose, fell)).gainers()).containsExactly(rose);
        assertThat(new Ranking(3).of(List.of(rose, fell)).losers()).containsExactly(fell);
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
        int told = 0;
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
            ties += hasNeighbours(gainers, 0) ? 1 : 0;
            told += hasNeighbours(gainers, 1) ? 1 : 0;
        }
        assertThat(List.of(full, short0, emptyGroups, ties, told))
                .as("full lists, short lists, empty groups, ties, equal doubles of other changes")
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
            String symbol = "S" + i;
            String turnover = random.nextInt(3) == 0 ? null : one(random, TURNOVERS);
            int count = 1 + random.nextInt(3);
            String base = one(random, BASES);
            switch (random.nextInt(5)) {
                case 0 -> movers.add(KnownMovers.mover(symbol, "1", null, count, turnover, turnover, null));
                case 1 -> movers.add(KnownMovers.mover(symbol, "1", "-1", count, turnover, turnover, null));
                case 2 ->
                    movers.add(
                            KnownMovers.mover(symbol, one(random, NEIGHBOURS), "0.3", count, turnover, turnover, null));
                default -> {
                    BigDecimal times = BigDecimal.valueOf(1_000 + 5 * (random.nextInt(9) - 4), 3);
                    String close = new BigDecimal(base).multiply(times).toPlainString();
                    movers.add(KnownMovers.mover(symbol, close, base, count, turnover, turnover, null));
                }
            }
        }
        return movers;
    }

    /** Whether two neighbours have the same change as a double, and in fact the same or not. */
    private static boolean hasNeighbours(List<Mover> movers, int order) {
        return IntStream.range(1, movers.size())
                .anyMatch(
                        i -> movers.get(i).changePct().equals(movers.get(i - 1).changePct())
                                && movers.get(i - 1).compareChange(movers.get(i)) == order);
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Mover mover(String symbol, Double changePct, Double turnover, long count) {
        String close = BigDecimal.valueOf(100)
                .add(BigDecimal.valueOf(changePct == null ? 0 : changePct))
                .toPlainString();
        String sum = turnover == null ? null : turnover.toString();
        return KnownMovers.mover(symbol, close, changePct == null ? null : "100", count, sum, sum, null);
    }
}
