/** How fast it all is; {@code scripts/bench} runs it. */
package org.vmtrace.bench;
