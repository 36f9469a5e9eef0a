package org.vmtrace.file.container;

/**
 * Numbers and words by which a trace.dat file tells what follows; readers and writers share them.
 */
public final class DatNumbers {
  /** How the file begins (trace-cmd.dat(5)). */
  public static final String MAGIC = "\u0017\u0008Dtracing";

  /** Stands before the text of {@code header_page}. */
  public static final String HEADER_PAGE = "header_page";

  /** Stands before the text of {@code header_event}. */
  public static final String HEADER_EVENT = "header_event";

  /** Stands before the options of version 6. */
  public static final String OPTIONS = "options  ";

  /** Stands before a table of CPUs of version 6. */
  public static final String FLYRECORD = "flyrecord";

  // Options, by trace-cmd's numbers (trace-cmd.dat man pages, versions 6 and 7).

  /** Ends the options. */
  public static final int DONE = 0;

  /** The text of {@code per_cpu/cpuN/stats}. */
  public static final int CPUSTAT = 2;

  /** A buffer beside the top one: version 6 its place and name, version 7 that of any buffer. */
  static final int BUFFER = 3;

  /** The text of {@code trace_clock}. */
  public static final int TRACECLOCK = 4;

  /** System, node name, release … of the recording machine. */
  public static final int UNAME = 5;

  /** The number of CPUs. */
  public static final int CPUCOUNT = 8;

  /** Name and version of the program that recorded. */
  public static final int VERSION = 9;

  /** A number that all files of a recording share. */
  public static final int TRACEID = 11;

  /** How cycles become nanoseconds. */
  static final int TSC2NSEC = 14;

  /** The section of the names of sections, which trace-cmd writes when it closes a file. */
  static final int STRINGS = 15;

  /** Where the section of the page header lies. */
  static final int HEADER_INFO = 16;

  /** Where the section of the kernel's own events lies. */
  static final int FTRACE_EVENTS = 17;

  /** Where the section of the event formats lies. */
  static final int EVENT_FORMATS = 18;

  /** Where the section of the names of threads lies. */
  static final int CMDLINES = 21;

  /** Where the text of a latency tracer lies, which version 7 may have in place of buffers. */
  static final int BUFFER_TEXT = 22;

  private DatNumbers() {}
}
