/** {@code -v}: the events one by one. */
package org.vmtrace.collect.listing;
