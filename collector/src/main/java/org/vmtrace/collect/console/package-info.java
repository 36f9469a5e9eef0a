/** What is written to a terminal or a pipe. */
package org.vmtrace.collect.console;
