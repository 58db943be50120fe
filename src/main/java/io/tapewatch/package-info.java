/** The job: its graph, what it is built of, and what it looks at before it starts. */
@NullMarked
package io.tapewatch;

import org.jspecify.annotations.NullMarked;
