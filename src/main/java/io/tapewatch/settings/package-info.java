/**
 * The job's settings: what there is to set, and what was set.
 *
 * <p>A setting is declared once, in {@link io.tapewatch.settings.JobOptions}: its key, its type, its default, what it may be
 * and what it does. The arguments of the job and of the commands, the page of settings and the checks are made from that.
 * {@link io.tapewatch.settings.JobSettings} reads what was set as the parts of the job take it.
 */
@NullMarked
package io.tapewatch.settings;

import org.jspecify.annotations.NullMarked;
