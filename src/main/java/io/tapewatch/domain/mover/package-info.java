/** The symbols whose prices moved most in a day. */
@NullMarked
package io.tapewatch.domain.mover;

import org.jspecify.annotations.NullMarked;
