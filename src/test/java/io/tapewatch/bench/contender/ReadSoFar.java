package io.tapewatch.bench.contender;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How many records of a topic Kafka's consumers in this JVM have handed out. The same count for whoever reads from Kafka. */
final class ReadSoFar {

    private static final String CONSUMED = "records-consumed-total";

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName consumers;

    /** @param topic its name, without dots: Kafka's metrics have others instead */
    ReadSoFar(String topic) {
        try {
            consumers = new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=" + topic);
        } catch (JMException e) {
            throw new IllegalArgumentException(topic, e);
        }
    }

    /** Of the consumers that there are now. */
    long records() throws IOException {
        double records = 0;
        for (ObjectName consumer : beans.queryNames(consumers, null)) {
            try {
                records += (Double) beans.getAttribute(consumer, CONSUMED);
            } catch (InstanceNotFoundException | AttributeNotFoundException e) {
                // It is being closed, or has just been opened.
            } catch (JMException e) {
                throw new IOException(e);
            }
        }
        return (long) records;
    }
}
