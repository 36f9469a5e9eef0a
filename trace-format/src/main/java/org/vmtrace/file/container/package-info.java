/**
 * Opens files: the headers of trace.dat 6 and 7, of the original's files, and of bare pages. {@link
 * org.vmtrace.file.container.TraceFiles} is the way in.
 */
package org.vmtrace.file.container;
