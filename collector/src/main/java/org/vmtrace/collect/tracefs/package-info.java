/** The kernel's tracing files: instances, events, buffers and their statistics. */
package org.vmtrace.collect.tracefs;
