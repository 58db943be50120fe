package io.tapewatch.operators;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.When;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes rules: a byte for the layout, then each component. Metrics and the like are written as rules spell them. */
public final class RuleSerializer extends RecordSerializer<Rule> {

    static final RuleSerializer INSTANCE = new RuleSerializer();
    static final TypeInformation<Rule> TYPE = new SerializedType<>(Rule.class, INSTANCE);

    private static final int LAYOUT = 3;

    private static final int CONDITION = 0;
    private static final int ALL = 1;
    private static final int ANY = 2;
    private static final int NOT = 3;

    @Override
    public void serialize(Rule rule, DataOutputView target) throws IOException {
        target.writeByte(LAYOUT);
        target.writeUTF(rule.id());
        target.writeInt(rule.version());
        target.writeUTF(rule.status().word());
        target.writeUTF(rule.description());
        target.writeUTF(rule.on().word());
        writeTexts(rule.symbols(), target);
        writeTexts(rule.except(), target);
        writeTexts(rule.sectors(), target);
        writeTexts(rule.venues(), target);
        target.writeBoolean(rule.prints().areAll());
        writeTexts(rule.prints().codes(), target);
        target.writeUTF(rule.severity().word());
        target.writeLong(rule.cooldown());
        target.writeLong(rule.heldFor());
        writeHours(rule.hours(), target);
        target.writeLong(rule.from());
        target.writeLong(rule.until());
        writeWhen(rule.when(), target);
    }

    @Override
    public Rule deserialize(DataInputView source) throws IOException {
        int layout = source.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of a rule was written by another release");
        }
        return new Rule(
                source.readUTF(),
                source.readInt(),
                word(source, Rule.Status.values(), Rule.Status::word),
                source.readUTF(),
                word(source, Rule.On.values(), Rule.On::word),
                readTexts(source),
                readTexts(source),
                readTexts(source),
                readTexts(source),
                new PrintSelection(source.readBoolean(), readTexts(source)),
                word(source, Severity.values(), Severity::word),
                source.readLong(),
                source.readLong(),
                readHours(source),
                source.readLong(),
                source.readLong(),
                readWhen(source));
    }

    private static void writeTexts(List<String> texts, DataOutputView target) throws IOException {
        target.writeInt(texts.size());
        for (String text : texts) {
            target.writeUTF(text);
        }
    }

    private static List<String> readTexts(DataInputView source) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = source.readInt(); left > 0; left--) {
            texts.add(source.readUTF());
        }
        return texts;
    }

    private static void writeHours(@Nullable Hours hours, DataOutputView target) throws IOException {
        target.writeBoolean(hours != null);
        if (hours != null) {
            target.writeInt(hours.from());
            target.writeInt(hours.to());
            target.writeUTF(hours.zone().getId());
            int days = 0;
            for (DayOfWeek day : hours.days()) {
                days |= 1 << day.getValue();
            }
            target.writeByte(days);
        }
    }

    private static @Nullable Hours readHours(DataInputView source) throws IOException {
        if (!source.readBoolean()) {
            return null;
        }
        int from = source.readInt();
        int to = source.readInt();
        ZoneId zone = ZoneId.of(source.readUTF());
        int days = source.readUnsignedByte();
        Set<DayOfWeek> on = EnumSet.allOf(DayOfWeek.class);
        on.removeIf(day -> (days & 1 << day.getValue()) == 0);
        return new Hours(from, to, zone, on);
    }

    private static void writeWhen(When when, DataOutputView target) throws IOException {
        if (when instanceof Condition condition) {
            target.writeByte(CONDITION);
            target.writeUTF(condition.metric().word());
            target.writeLong(condition.over());
            target.writeLong(condition.baseline());
            target.writeUTF(condition.is().sign());
            condition.limit().writeTo(target);
            return;
        }
        target.writeByte(when instanceof When.All ? ALL : when instanceof When.Any ? ANY : NOT);
        target.writeByte(when.parts().size());
        for (When part : when.parts()) {
            writeWhen(part, target);
        }
    }

    private static When readWhen(DataInputView source) throws IOException {
        int kind = source.readUnsignedByte();
        if (kind == CONDITION) {
            return new Condition(
                    word(source, Metric.values(), Metric::word),
                    source.readLong(),
                    source.readLong(),
                    word(source, Comparison.values(), Comparison::sign),
                    Decimal.readFrom(source));
        }
        List<When> parts = new ArrayList<>();
        for (int left = source.readUnsignedByte(); left > 0; left--) {
            parts.add(readWhen(source));
        }
        return switch (kind) {
            case ALL -> new When.All(parts);
            case ANY -> new When.Any(parts);
            case NOT -> new When.Not(parts.get(0));
            default -> throw new IOException("a rule's condition of kind " + kind);
        };
    }

    private static <T> T word(DataInputView source, T[] all, Function<T, String> wordOf) throws IOException {
        String word = source.readUTF();
        for (T each : all) {
            if (wordOf.apply(each).equals(word)) {
                return each;
            }
        }
        throw new IOException("a rule of another release: it says " + word);
    }

    @Override
    public TypeSerializerSnapshot<Rule> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Rule> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
