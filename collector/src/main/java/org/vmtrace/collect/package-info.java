/** The vm-trace-collect command: its options and what each of its jobs does in turn. */
package org.vmtrace.collect;
