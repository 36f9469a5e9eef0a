/** Trace files: containers that hold pages, read by position and written front to back. */
package org.vmtrace.file;
