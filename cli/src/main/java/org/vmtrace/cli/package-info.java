/** What the command lines of both programs share: options, errors in one line, exit codes. */
package org.vmtrace.cli;
