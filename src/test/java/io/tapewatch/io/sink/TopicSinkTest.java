package io.tapewatch.io.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tapewatch.io.json.SourceTopics;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopicSinkTest {

    private static final String CONNECTOR = "org.apache.flink.connector.kafka.sink.";

    @ParameterizedTest
    @EnumSource(names = {"EXACTLY_ONCE", "AT_LEAST_ONCE"})
    void everySinkToATopicIsOne(DeliveryGuarantee delivery) throws Exception {
        JobSinks sinks = new JobSinks("localhost:1", new Properties(), "group", "tapewatch.", LostTransactions.FAIL);
        int made = 0;
        for (Method method : JobSinks.class.getMethods()) {
            if (method.getReturnType() == Sink.class) {
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(type -> type == DeliveryGuarantee.class
                                ? delivery
                                : type == int.class ? 900_000 : new SourceTopics("prices", "quotes"))
                        .toArray();
                assertThat(method.invoke(sinks, arguments)).as(method.getName()).isInstanceOf(TopicSink.class);
                made++;
            }
        }
        assertThat(made).isEqualTo(7);
    }

    /** What Flink looks for with {@code instanceof} is there, and no default method takes the place of the connector's. */
    @ParameterizedTest
    @CsvSource({
        "ExactlyOnceKafkaWriter, io.tapewatch.io.sink.TopicWriter",
        "KafkaWriter, io.tapewatch.io.sink.TopicWriter",
        "internal.KafkaCommitter, io.tapewatch.io.sink.CheckedCommitter"
    })
    void allThatTheConnectorImplementsIsPassedOn(String connectors, String ours) throws Exception {
        Class<?> wrapper = Class.forName(ours);
        Set<Class<?>> interfaces = flinks(Class.forName(CONNECTOR + connectors));
        assertThat(interfaces).isNotEmpty().allMatch(type -> type.isAssignableFrom(wrapper));
        for (Class<?> type : interfaces) {
            for (Method method : type.getDeclaredMethods()) {
                assertThatCode(() -> wrapper.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .as("%s", method)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void itIsAllThatTheConnectorsSinkIs() {
        assertThat(flinks(KafkaSink.class)).isNotEmpty().allMatch(type -> type.isAssignableFrom(TopicSink.class));
    }

    /** The interfaces of Flink that a class of the connector implements. */
    private static Set<Class<?>> flinks(Class<?> type) {
        return all(type)
                .filter(each -> each.isInterface() && each.getName().startsWith("org.apache.flink."))
                .filter(each -> !each.getName().startsWith(CONNECTOR))
                .collect(Collectors.toSet());
    }

    private static Stream<Class<?>> all(Class<?> type) {
        Stream<Class<?>> above = Stream.of(type.getInterfaces()).flatMap(TopicSinkTest::all);
        return type.getSuperclass() == null
                ? Stream.concat(Stream.of(type), above)
                : Stream.concat(Stream.of(type), Stream.concat(above, all(type.getSuperclass())));
    }
}
