package io.tapewatch.feed.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentTest {

    @Test
    void itIsOneLineOfJson() {
        Incident incident = new Incident(IncidentKind.SPIKE, "KAVO.SIM", 1385337600000L, 1385339400123L, -7.3, true);

        assertThat(incident.toJson())
                .isEqualTo("{\"kind\":\"spike\",\"symbol\":\"KAVO.SIM\",\"start\":\"2013-11-25T00:00:00.000Z\","
                        + "\"end\":\"2013-11-25T00:30:00.123Z\",\"size\":-7.3,\"unit\":\"percent\",\"clear\":true}");
    }

    @Test
    void aSizeIsAPlainNumberOfTwoDecimals() {
        assertThat(new Incident(IncidentKind.SILENCE, "KAVO.SIM", 0, 1, 3600, false).toJson())
                .contains("\"size\":3600,\"unit\":\"seconds\",\"clear\":false");
        assertThat(new Incident(IncidentKind.OFF_QUOTE_PRINT, "KAVO.SIM", 0, 0, 2.3456, false).toJson())
                .contains("\"size\":2.35,\"unit\":\"bps\"");
    }

    @Test
    void anEndBeforeTheStartIsRefused() {
        assertThatThrownBy(() -> new Incident(IncidentKind.SPIKE, "KAVO.SIM", 2, 1, 5, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected an end that is not before the start, found 1 after 2");
    }

    @ParameterizedTest
    @EnumSource
    void aKindIsReadAsItIsSpelt(IncidentKind kind) {
        assertThat(IncidentKind.parse(kind.word())).isEqualTo(kind);
    }

    @Test
    void aKindThatThereIsNotIsAnsweredWithThoseThereAre() {
        assertThatThrownBy(() -> IncidentKind.parse("crash"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no incident 'crash'; expected one of spike, flash-crash, pump-and-dump,"
                        + " volume-burst, silence, off-quote-print, fat-finger");
    }
}
