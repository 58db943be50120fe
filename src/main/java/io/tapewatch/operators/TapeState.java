package io.tapewatch.operators;

import io.tapewatch.domain.TapeRecord;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * The tape's keyed state. Names and serializers are a contract with every savepoint.
 *
 * @param symbol what is known about the symbol
 * @param slices nodes of its slices by their number, as bytes: they are small, and a snapshot copies none of them
 * @param held its ticks and quotes that wait for the watermark, by the second they are of
 * @param trades its trades that can be taken back or known again
 */
record TapeState(
        ValueState<SymbolState> symbol,
        MapState<Long, byte[]> slices,
        MapState<Long, List<TapeRecord>> held,
        TradesInState trades) {

    static final String SYMBOL = "symbol";

    static TapeState of(RuntimeContext context) {
        return new TapeState(
                context.getState(new ValueStateDescriptor<>(SYMBOL, SymbolStateSerializer.INSTANCE)),
                context.getMapState(new MapStateDescriptor<>(
                        "slices", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE)),
                context.getMapState(
                        new MapStateDescriptor<>("held", LongSerializer.INSTANCE, RecordListSerializer.INSTANCE)),
                new TradesInState(
                        context.getMapState(new MapStateDescriptor<>(
                                "trades", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE)),
                        context.getMapState(new MapStateDescriptor<>(
                                "trade-times", TradeIdSerializer.INSTANCE, LongSerializer.INSTANCE))));
    }
}
