/** The vm-trace-collect command: captures events and analyses files here. */
package org.vmtrace.collect;
