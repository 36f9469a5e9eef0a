/** What the kernel says about its events: formats, fields and exit reasons. */
package org.vmtrace.event;
