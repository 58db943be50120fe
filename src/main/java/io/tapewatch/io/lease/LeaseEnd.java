package io.tapewatch.io.lease;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.LeaveGroupResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a {@link LeaseMember}, which gives the lease back. Flink closes the class loader of a job some milliseconds
 * after the job's end and waits for nobody. So what the end needs is loaded before the member joins: see {@link #rehearse}.
 */
final class LeaseEnd {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseEnd.class);
    private static final CloseOptions SOON = CloseOptions.timeout(Duration.ofSeconds(5));
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final List<String> HIDDEN_CLASSES =
            List.of("org.apache.kafka.clients.consumer.internals.AbstractCoordinator$LeaveGroupResponseHandler");

    private LeaseEnd() {}

    /** Closes a consumer that has joined no group, and writes and reads what a member says when it leaves. */
    static void rehearse(KafkaConsumer<byte[], byte[]> outsider, String topic) {
        try {
            outsider.partitionsFor(topic, ANSWER);
        } catch (KafkaException e) {
            LOG.debug("the member itself will say so", e);
        } finally {
            giveBack(outsider);
        }
        short version = ApiKeys.LEAVE_GROUP.latestVersion();
        MemberIdentity member = new MemberIdentity().setMemberId("member").setReason("the job ends");
        LeaveGroupRequest request = new LeaveGroupRequest.Builder("group", List.of(member)).build(version);
        ByteBufferAccessor answer = MessageUtil.toByteBufferAccessor(
                new LeaveGroupResponseData()
                        .setMembers(List.of(new LeaveGroupResponseData.MemberResponse().setMemberId("member"))),
                version);
        LOG.debug(
                "{} is {} bytes, {}, {}",
                request,
                MessageUtil.toByteBufferAccessor(request.data(), version)
                        .buffer()
                        .remaining(),
                LeaveGroupResponse.parse(answer, version).error(),
                new WakeupException());
        for (String name : HIDDEN_CLASSES) {
            try {
                Class.forName(name, true, LeaseEnd.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                LOG.debug("this version of Kafka's client does without", e);
            }
        }
    }

    /** Lets a member leave its group, and never throws: an exception would come to the handler of the whole cluster. */
    static void giveBack(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            consumer.close(SOON);
        } catch (RuntimeException | LinkageError e) {
            LOG.info("The lease may not have been given back. It ends with its session: {}", e.toString());
        }
    }
}
