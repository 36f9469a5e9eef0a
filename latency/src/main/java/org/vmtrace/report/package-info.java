/** The summary as people and programs read it: text and JSON. */
package org.vmtrace.report;
