/** The symbols whose prices moved most in a day. */
package io.tapewatch.domain.mover;
