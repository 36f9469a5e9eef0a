/** Records the pages of the traced CPUs into files, and analyses them meanwhile. */
package org.vmtrace.collect.capture;
