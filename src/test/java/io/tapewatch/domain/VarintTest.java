package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarintTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "127, 1",
        "128, 2",
        "16383, 2",
        "16384, 3",
        "1700000000000, 6",
        "9223372036854775807, 9",
        "-1, 10",
        "-9223372036854775808, 10"
    })
    void aNumberTakesAsManyBytesAsItNeedsAndReadsBack(long number, int bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Varint.write(new DataOutputStream(out), number);

        assertThat(out.size()).isEqualTo(bytes);
        assertThat(Varint.read(in(out.toByteArray()))).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-1, 1",
        "63, 1",
        "-64, 1",
        "64, 2",
        "-65, 2",
        "9223372036854775807, 10",
        "-9223372036854775808, 10"
    })
    void aNumberNearZeroIsShortOnBothSides(long number, int bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Varint.writeSigned(new DataOutputStream(out), number);

        assertThat(out.size()).isEqualTo(bytes);
        assertThat(Varint.readSigned(in(out.toByteArray()))).isEqualTo(number);
    }

    @Test
    void bytesThatAreNoNumberAreRefused() {
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(() -> Varint.read(in(endless))).hasMessageContaining("more than ten bytes");
        assertThatThrownBy(() -> Varint.read(in(new byte[] {(byte) 0x80}))).isInstanceOf(EOFException.class);
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
