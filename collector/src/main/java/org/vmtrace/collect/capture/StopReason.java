package org.vmtrace.collect.capture;

/** Why a recording ended. */
public enum StopReason {
  TIME("the time is up", false),
  SIGNAL("stopped by a signal", false),
  SIZE("--max-size is reached", true),
  LATENCY("a latency of --until-latency was seen", false),
  NO_ANALYSIS("the analysis failed, which --until-latency needs", false),
  SWITCHED_OFF("somebody else switched tracing or its events off", false),
  DISK_FULL("the disk is full", true),
  FAILED("recording failed", true);

  private final String text;
  private final boolean cutShort;

  StopReason(String text, boolean cutShort) {
    this.text = text;
    this.cutShort = cutShort;
  }

  /** The reason in words. */
  public String text() {
    return text;
  }

  /** Whether the file takes nothing more, so that the last events stay out of it. */
  boolean cutShort() {
    return cutShort;
  }

  /** Whether there is less in the files than was asked for, although nothing failed. */
  public boolean isEarly() {
    return this == DISK_FULL || this == SWITCHED_OFF;
  }
}
