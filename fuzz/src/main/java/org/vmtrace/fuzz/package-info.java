/** Reads any bytes as traces; what was found once is kept as an input of the ordinary tests. */
package org.vmtrace.fuzz;
