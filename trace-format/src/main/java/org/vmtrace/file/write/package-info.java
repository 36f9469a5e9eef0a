/** Writes trace.dat files around pages, and completes those that were left unfinished. */
package org.vmtrace.file.write;
