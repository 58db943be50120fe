/**
 * A market that is made up, and the same each time it is made with the same settings: prices, activity and faults as on a
 * real exchange, and incidents of which it is known when and where they were planted.
 */
@NullMarked
package io.tapewatch.feed.simulated;

import org.jspecify.annotations.NullMarked;
