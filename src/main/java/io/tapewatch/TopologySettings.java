package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.operators.MoversSettings;
import io.tapewatch.operators.TapeSettings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * What the steps of the job are told.
 *
 * @param watchedSymbols names and patterns of the symbols that are watched; none for all
 * @param eventTime how a partition of prices or quotes tells event time
 * @param outOfOrderness how far the watermark of a partition is behind its latest time
 * @param tape what the tape is told
 * @param movers how movers are ranked
 */
record TopologySettings(
        List<String> watchedSymbols,
        WatermarkStrategy<Decoded> eventTime,
        Duration outOfOrderness,
        TapeSettings tape,
        MoversSettings movers) {}
