package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideDecimalTest {

    private static final long SEED = 16140301;
    private static final Decimal LARGEST = Decimal.of("1000000000000000000");
    private static final Decimal SMALLEST = Decimal.of("0.000000000000000001");

    private final DecimalTexts texts = new DecimalTexts(SEED);

    @Test
    void tenTimesATenthIsOne() {
        WideDecimal sum = WideDecimal.sum();
        for (int i = 0; i < 10; i++) {
            sum.add(1, 1);
        }
        WideDecimal one = WideDecimal.sum();
        one.add(1, 0);
        assertThat(sum).isEqualTo(one).hasSameHashCodeAs(one).hasToString("1");
    }

    @Test
    void aTenthAndTwoTenthsAreThreeTenths() {
        WideDecimal sum = WideDecimal.sum();
        sum.add(1, 1);
        sum.add(2, 1);
        assertThat(sum).hasToString("0.3");
        assertThat(sum.nearest()).isEqualTo(0.3);
    }

    @Test
    void aSumIsThatOfBigDecimalAfterEachStep() throws IOException {
        int negative = 0;
        for (int run = 0; run < Rounds.of(20_000); run++) {
            WideDecimal sum = WideDecimal.sum();
            BigDecimal expected = BigDecimal.ZERO;
            for (int step = 0; step < 10; step++) {
                Decimal number = texts.decimal();
                if (texts.oneIn(3)) {
                    sum.subtract(number.units(), number.scale());
                    expected = expected.subtract(number.toBigDecimal());
                } else {
                    sum.add(number.units(), number.scale());
                    expected = expected.add(number.toBigDecimal());
                }
                check(sum, WideDecimal.sum(), expected);
                negative += sum.sign() < 0 ? 1 : 0;
            }
        }
        assertThat(negative).isPositive();
    }

    @Test
    void aSumOfProductsIsThatOfBigDecimalAfterEachStep() throws IOException {
        for (int run = 0; run < Rounds.of(20_000); run++) {
            WideDecimal sum = WideDecimal.sumOfProducts();
            BigDecimal expected = BigDecimal.ZERO;
            for (int step = 0; step < 10; step++) {
                Decimal a = texts.decimal();
                Decimal b = texts.oneIn(4) ? a : texts.decimal();
                if (texts.oneIn(5)) {
                    sum.add(a.units(), a.scale());
                    expected = expected.add(a.toBigDecimal());
                } else {
                    sum.addProduct(a.units(), a.scale(), b.units(), b.scale());
                    expected = expected.add(a.toBigDecimal().multiply(b.toBigDecimal()));
                }
                check(sum, WideDecimal.sumOfProducts(), expected);
            }
        }
    }

    @Test
    void neitherOrderNorGroupingShows() {
        Random random = new Random(SEED);
        for (int run = 0; run < Rounds.of(5_000); run++) {
            List<Decimal> numbers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                numbers.add(texts.decimal());
            }
            WideDecimal sum = sumOfProducts(numbers);
            Collections.shuffle(numbers, random);
            int cut = texts.below(numbers.size() + 1);
            WideDecimal first = sumOfProducts(numbers.subList(0, cut));
            WideDecimal rest = sumOfProducts(numbers.subList(cut, numbers.size()));
            WideDecimal both = WideDecimal.sumOfProducts();
            both.add(rest);
            both.add(first);
            assertThat(both).as("seed %d", SEED).isEqualTo(sum).hasSameHashCodeAs(sum);

            both.subtract(first);
            assertThat(both).as("seed %d", SEED).isEqualTo(rest).hasSameHashCodeAs(rest);
            both.subtract(rest);
            assertThat(both.isZero()).isTrue();
            assertThat(both).isEqualTo(WideDecimal.sumOfProducts());
        }
    }

    private static WideDecimal sumOfProducts(List<Decimal> numbers) {
        WideDecimal sum = WideDecimal.sumOfProducts();
        for (Decimal number : numbers) {
            sum.addProduct(number.units(), number.scale(), number.units(), number.scale());
        }
        return sum;
    }

    @Test
    void aSumHolds63DoublingsAtFullWidth() throws IOException {
        for (Decimal sign : List.of(Decimal.ONE, DecimalTexts.negative(Decimal.ONE))) {
            WideDecimal sum = WideDecimal.sum();
            WideDecimal products = WideDecimal.sumOfProducts();
            Decimal large = new Decimal(sign.units() * LARGEST.units(), 0);
            sum.add(large.units(), 0);
            products.addProduct(large.units(), 0, LARGEST.units(), 0);
            BigDecimal expected = large.toBigDecimal();
            BigDecimal expectedProducts = expected.multiply(LARGEST.toBigDecimal());
            for (int i = 0; i < 63; i++) {
                sum.add(sum);
                products.add(products);
            }
            // Now the scale is raised to the most.
            sum.add(SMALLEST.units(), SMALLEST.scale());
            products.addProduct(SMALLEST.units(), SMALLEST.scale(), SMALLEST.units(), SMALLEST.scale());
            BigDecimal times = new BigDecimal(BigInteger.TWO.pow(63));
            check(sum, WideDecimal.sum(), expected.multiply(times).add(SMALLEST.toBigDecimal()));
            check(
                    products,
                    WideDecimal.sumOfProducts(),
                    expectedProducts.multiply(times).add(SMALLEST.toBigDecimal().pow(2)));
        }
    }

    @Test
    void aNumberThatIsSetOrMultipliedIsThatOfBigDecimal() {
        for (int run = 0; run < Rounds.of(50_000); run++) {
            Decimal a = texts.decimal();
            Decimal b = texts.decimal();
            Decimal c = texts.decimal();
            WideDecimal number = new WideDecimal(8);
            number.add(c.units(), c.scale()); // is replaced
            number.set(a.units(), a.scale());
            number.multiply(b.units(), b.scale());
            number.multiply(c.units(), c.scale());
            BigDecimal product = a.toBigDecimal().multiply(b.toBigDecimal()).multiply(c.toBigDecimal());
            assertThat(number.toBigDecimal()).as("seed %d", SEED).isEqualByComparingTo(product);
            number.subtract(a.units(), a.scale());
            assertThat(number.toBigDecimal())
                    .as("seed %d", SEED)
                    .isEqualByComparingTo(product.subtract(a.toBigDecimal()));
        }
    }

    @Test
    void numbersCompareAsTheirValuesNotAsTheyAreKept() {
        int equal = 0;
        for (int run = 0; run < Rounds.of(50_000); run++) {
            Decimal a = texts.decimal();
            Decimal b = texts.oneIn(3) ? a : texts.decimal();
            WideDecimal one = WideDecimal.sum();
            one.add(a.units(), a.scale());
            WideDecimal other = WideDecimal.sumOfProducts();
            other.add(SMALLEST.units(), SMALLEST.scale());
            other.add(b.units(), b.scale());
            other.subtract(SMALLEST.units(), SMALLEST.scale());
            assertThat(one.compareTo(other))
                    .as("%s and %s, seed %d", a, b, SEED)
                    .isEqualTo(a.compareTo(b));
            assertThat(one.equals(other)).isEqualTo(a.equals(b));
            equal += a.equals(b) ? 1 : 0;
        }
        assertThat(equal).isPositive();
    }

    @Test
    void onlyBytesThatSaySomethingAreWritten() throws IOException {
        WideDecimal sum = WideDecimal.sum();
        assertThat(written(sum)).containsExactly(0);
        sum.add(1, 0);
        assertThat(written(sum)).containsExactly(1, 0, 1);
        sum.add(27, 2);
        assertThat(written(sum)).containsExactly(1, 2, 127);
        sum.add(1, 2);
        assertThat(written(sum)).containsExactly(2, 2, (byte) 128, 0);
        sum.subtract(256, 2);
        assertThat(written(sum)).containsExactly(1, 2, (byte) 128);
        sum.add(128, 2);
        assertThat(written(sum)).containsExactly(0);
    }

    @Test
    void theTextIsPlain() {
        for (String text : List.of(
                "0",
                "-1",
                "100",
                "-0.001",
                "0.000000000000000000000000000000000001",
                "-123456789012345678901234567890.00000000000000000000000000000000012",
                "1000000000000000000000000000000000000",
                "9223372036854775808",
                "-9223372036854775808",
                "-92233720368547758.08",
                "0.9223372036854775808")) {
            BigDecimal exact = new BigDecimal(text);
            WideDecimal number = new WideDecimal(8);
            for (int digit = 0; digit < text.length(); digit++) {
                if (Character.isDigit(text.charAt(digit))) {
                    number.multiply(10, 0);
                    number.add(Character.digit(text.charAt(digit), 10), 0);
                }
            }
            number.multiply(exact.signum() < 0 ? -1 : 1, exact.scale());
            assertThat(number).hasToString(text);
            number.raise(40);
            assertThat(number).hasToString(text);
        }
    }

    @Test
    void theLowestWordHasNoCounterpartAndIsTakenAwayAllTheSame() {
        WideDecimal lowest = WideDecimal.sum();
        lowest.set(Long.MIN_VALUE, 0);
        WideDecimal number = WideDecimal.sum();
        number.subtract(lowest);
        assertThat(number).hasToString("9223372036854775808");
        lowest.subtract(lowest);
        assertThat(lowest.isZero()).isTrue();
    }

    @Test
    void bytesThatAreNoSumAreRefused() {
        byte[] tooMany = new byte[27];
        tooMany[0] = 25;
        assertThatThrownBy(() -> read(tooMany, WideDecimal.sum())).isInstanceOf(IOException.class);
        byte[] tooFine = {1, 37, 1};
        assertThatThrownBy(() -> read(tooFine, WideDecimal.sum())).isInstanceOf(IOException.class);
    }

    /** Holds all that a sum says about itself against the value it should have. */
    private static void check(WideDecimal sum, WideDecimal empty, BigDecimal expected) throws IOException {
        String name = "%s, seed %d".formatted(expected, SEED);
        assertThat(sum.toBigDecimal()).as(name).isEqualByComparingTo(expected);
        assertThat(sum.sign()).as(name).isEqualTo(expected.signum());
        assertThat(sum.isZero()).as(name).isEqualTo(expected.signum() == 0);
        assertThat(sum.nearest()).as(name).isEqualTo(Double.parseDouble(expected.toString()));
        assertThat(sum)
                .as(name)
                .hasToString(
                        expected.signum() == 0
                                ? "0"
                                : expected.stripTrailingZeros().toPlainString());
        assertThat(read(written(sum), empty)).as(name).isEqualTo(sum);
    }

    private static byte[] written(WideDecimal sum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sum.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static WideDecimal read(byte[] bytes, WideDecimal into) throws IOException {
        into.add(-12345, 3); // is replaced
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        into.readFrom(in);
        assertThat(in.available()).isZero();
        return into;
    }
}
