package org.vmtrace.recording;

/** What becomes of a file whose header cannot be read, or that must be a trace and is none. */
public enum BadFiles {
  /** It ends the analysis. */
  FAIL,
  /** It is left out; the summary says so. */
  SKIP
}
