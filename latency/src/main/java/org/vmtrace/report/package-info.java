/** The summary as people and programs read it: text, JSON and HTML. */
package org.vmtrace.report;
