/**
 * A trace file that has been opened: what it says about its recording, its streams of pages, and
 * readers of these. What kinds of files there are is the business of the packages below.
 */
package org.vmtrace.file;
