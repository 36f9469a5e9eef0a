/** Moves ring-buffer pages from the kernel to a file without copying them. */
package org.vmtrace.collect.splice;
