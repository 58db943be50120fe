/**
 * Price producers: what puts prices and quotes on the tape. Here is how rows get there; where they come from is in the
 * packages below: recorded, live, simulated.
 */
@NullMarked
package io.tapewatch.feed;

import org.jspecify.annotations.NullMarked;
