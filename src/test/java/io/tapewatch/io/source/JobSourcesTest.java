package io.tapewatch.io.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.io.json.InstrumentDecoder;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.operators.DecodedSerializer;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class JobSourcesTest {

    private static final Map<TopicPartition, Long> OFFSETS = Map.of(new TopicPartition("topic", 0), 5L);
    private static final TypeInformation<Decoded> TYPE = DecodedSerializer.TYPE;

    private final JobSources sources = new JobSources("localhost:9092", new Properties(), "group");

    @Test
    void quotesEndWhereTheyAreToldTo() {
        assertThat(quotes(null).getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(quotes(OFFSETS).getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    }

    private CarefulSource<Decoded> quotes(Map<TopicPartition, Long> until) {
        return sources.quotes(
                "topic",
                new JobSources.Stretch(OFFSETS, until, false),
                QuoteDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)),
                TYPE);
    }

    @Test
    void instrumentsThatWereThereEndAndThoseThatFollowDoSoInAJobThatEnds() {
        assertThat(sources.instrumentsUpTo("topic", OFFSETS, InstrumentDecoder.factory(64_000), TYPE))
                .returns(Boundedness.BOUNDED, Source::getBoundedness);
        assertThat(sources.instrumentsFrom("topic", OFFSETS, true, InstrumentDecoder.factory(64_000), TYPE))
                .returns(Boundedness.BOUNDED, Source::getBoundedness);
        assertThat(sources.instrumentsFrom("topic", OFFSETS, false, InstrumentDecoder.factory(64_000), TYPE))
                .returns(Boundedness.CONTINUOUS_UNBOUNDED, Source::getBoundedness);
    }

    @Test
    void allOfThemAreOfTheTypeThatIsAskedFor() {
        assertThat(quotes(null).getProducedType()).isSameAs(TYPE);
        assertThat(sources.instrumentsUpTo("topic", OFFSETS, InstrumentDecoder.factory(64_000), TYPE)
                        .getProducedType())
                .isSameAs(TYPE);
        assertThat(sources.instrumentsFrom("topic", OFFSETS, false, InstrumentDecoder.factory(64_000), TYPE)
                        .getProducedType())
                .isSameAs(TYPE);
    }
}
