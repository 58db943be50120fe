/** Tests of what newcomers read: the pages, the commands on them and the files under {@code examples/}. */
package io.tapewatch.docs;
