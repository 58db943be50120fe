package io.tapewatch.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Evidence;
import io.tapewatch.domain.Flag;
import io.tapewatch.domain.Rule;
import io.tapewatch.domain.Severity;
import io.tapewatch.domain.Side;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagFormatTest {

    private static final long TIME = 1_385_337_613_000L;

    @Test
    void aFlagIsWrittenFieldByField() throws IOException {
        Flag flag = new Flag(
                "pump:3:BTC-USD:1385337613000:2:77",
                "pump",
                3,
                Severity.HIGH,
                "BTC-USD",
                TIME,
                Rule.On.TRADE,
                860.0,
                0.25,
                811.02,
                null,
                null,
                "t-1",
                9L,
                Side.BUY,
                "XBTS",
                "@ I",
                2,
                77,
                List.of(
                        new Evidence("changePct", "5m", 6.125, ">", 5),
                        new Evidence("size", null, 0.25, "<=", 0.0000001)),
                "BTC-USD rose 6.13 % in 5m (limit > 5 %), 811.02 → 860",
                4,
                1,
                false,
                false,
                null);
        assertThat(written(flag))
                .isEqualTo("{\"id\":\"pump:3:BTC-USD:1385337613000:2:77\",\"ruleId\":\"pump\",\"ruleVersion\":3,"
                        + "\"severity\":\"high\",\"symbol\":\"BTC-USD\",\"time\":\"2013-11-25T00:00:13.000Z\","
                        + "\"price\":860,\"size\":0.25,\"previousPrice\":811.02,\"tradeId\":\"t-1\",\"seq\":9,"
                        + "\"side\":\"buy\",\"venue\":\"XBTS\",\"conditions\":\"@ I\","
                        + "\"source\":{\"topic\":\"prices\",\"partition\":2,\"offset\":77},"
                        + "\"evidence\":[{\"metric\":\"changePct\",\"over\":\"5m\",\"value\":6.125,\"is\":\">\","
                        + "\"limit\":5},{\"metric\":\"size\",\"value\":0.25,\"is\":\"<=\",\"limit\":0.0000001}],"
                        + "\"message\":\"BTC-USD rose 6.13 % in 5m (limit > 5 %), 811.02 → 860\",\"suppressed\":4,"
                        + "\"revision\":1,\"late\":false}");
    }

    @Test
    void whatHasNoValueIsLeftOut() throws IOException {
        Flag flag = new Flag(
                "i",
                "r",
                1,
                Severity.LOW,
                "X",
                TIME,
                Rule.On.TRADE,
                1.0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                List.of(),
                "m",
                0,
                0,
                true,
                false,
                null);
        assertThat(written(flag))
                .isEqualTo("{\"id\":\"i\",\"ruleId\":\"r\",\"ruleVersion\":1,\"severity\":\"low\",\"symbol\":\"X\","
                        + "\"time\":\"2013-11-25T00:00:13.000Z\",\"price\":1,"
                        + "\"source\":{\"topic\":\"prices\",\"partition\":0,\"offset\":0},\"evidence\":[],"
                        + "\"message\":\"m\",\"suppressed\":0,\"revision\":0,\"late\":true}");
    }

    private static String written(Flag flag) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            FlagFormat.write(json, flag, "prices");
        }
        return text.toString();
    }
}
