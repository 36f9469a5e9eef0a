/** Ring-buffer pages and records, and the columns of events that they become. */
package org.vmtrace.ring;
