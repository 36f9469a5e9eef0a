package org.vmtrace.file.write;

import org.vmtrace.event.EventFormats;
import org.vmtrace.ring.PageLayout;

/**
 * What the header of a version 6 file says from the start.
 *
 * @param formats header_page, header_event and the formats of the recorded events
 * @param layout the recorded pages; their size and byte order are the file's
 * @param cpus entries of the table of CPUs: one more than the highest CPU number that is recorded
 * @param clock name of the trace clock, for example {@code mono}
 * @param uname system, node name, release … of the recording machine
 * @param writer name and version of the program that records
 * @param recordingId the same for all files of a recording; 0 for none
 * @param statsRoom bytes reserved for CPU statistics, see {@link #STATS_BYTES}
 * @param commsRoom bytes reserved for thread names: about 24 a thread
 */
public record TraceDat6Header(
    EventFormats formats,
    PageLayout layout,
    int cpus,
    String clock,
    String uname,
    String writer,
    long recordingId,
    int statsRoom,
    int commsRoom) {
  /** Room that the statistics of one CPU need at most: ten lines of a name and a 64-bit number. */
  public static final int STATS_BYTES = 512;
}
