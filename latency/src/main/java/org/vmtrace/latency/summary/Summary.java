package org.vmtrace.latency.summary;

import java.io.Serializable;
import java.util.List;
import org.vmtrace.latency.Sums;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.pair.StreamCounts;
import org.vmtrace.latency.pair.StreamCounts.DamagedPage;

/**
 * The answer: all numbers of a run, in an order that does not depend on how the work was cut. Times
 * and latencies are in the clock's unit, ns for all but cycle counters.
 *
 * @param window length of the windows in units of the clock
 * @param worstListed how many of the worst latencies were asked for
 * @param clock the trace clocks of the recordings, one or several
 * @param recordings the recordings by name
 * @param hosts the hosts that they are of: that with the longest busy latency first
 * @param events what was seen
 * @param pairing what became of exits and entries
 * @param all all latencies
 * @param busy those that are not idle
 * @param reasons one row per exit reason, the largest sum first
 * @param threads one row per thread, the largest maximum first
 * @param worst the worst latencies, the worst first
 * @param movedThreads threads that were seen on more than one CPU of their recording
 * @param damage pages that could not be read to their end
 * @param kernelStats what the kernel counted per CPU, where a file says
 * @param skippedFiles files that could not be read and were left out, by path
 * @param warnings sentences that a reader of the numbers must know
 */
public record Summary(
    long window,
    int worstListed,
    Clock clock,
    List<RecordingRow> recordings,
    List<HostRow> hosts,
    Events events,
    PairingCounts pairing,
    Statistics all,
    Statistics busy,
    List<ReasonRow> reasons,
    List<ThreadRow> threads,
    List<WorstRow> worst,
    List<MovedRow> movedThreads,
    List<DamageRow> damage,
    List<KernelStats> kernelStats,
    List<SkippedFile> skippedFiles,
    List<String> warnings) {
  /**
   * A recording.
   *
   * @param info what is known of it besides its events
   * @param firstTime the earliest event's time, null where there is no event
   * @param lastTime the latest event's time, null where there is no event
   * @param totals what it contributes
   */
  public record RecordingRow(RecordingInfo info, Long firstTime, Long lastTime, Totals totals) {}

  /**
   * A file that could not be read and was left out.
   *
   * @param path the file
   * @param reason why, one line
   */
  public record SkippedFile(String path, String reason) implements Serializable {
    /**
     * A file that was left out.
     *
     * @param shown what messages call it
     * @param message what went wrong, which may begin with that name
     */
    public static SkippedFile of(String path, String shown, String message) {
      String prefix = shown + ": ";
      return new SkippedFile(
          path, message.startsWith(prefix) ? message.substring(prefix.length()) : message);
    }
  }

  /**
   * Counts of events.
   *
   * @param other events that are neither exits nor entries
   * @param lost the sum of the stored counts of lost events
   * @param lostPlaces pages before which events were lost, counted or not
   * @param damagedPages pages that could not be read to their end
   * @param stepsBack how often time stepped back
   */
  public record Events(long other, long lost, long lostPlaces, long damagedPages, long stepsBack)
      implements Serializable {
    static final Events NONE = new Events(0, 0, 0, 0, 0);

    static Events of(StreamCounts counts) {
      return new Events(
          counts.other(),
          counts.lost(),
          counts.lostPlaces(),
          counts.damagedPages(),
          counts.stepsBack());
    }

    Events plus(Events more) {
      return new Events(
          other + more.other,
          Sums.plus(lost, more.lost),
          lostPlaces + more.lostPlaces,
          damagedPages + more.damagedPages,
          stepsBack + more.stepsBack);
    }
  }

  /**
   * A thread that moved.
   *
   * @param recording the recording's name
   * @param thread the thread's {@code common_pid}
   * @param comm its name, empty where it is not known
   * @param cpus the CPUs that it was seen on
   */
  public record MovedRow(String recording, int thread, String comm, List<Integer> cpus)
      implements Serializable {}

  /**
   * A damaged page.
   *
   * @param path the file
   * @param page the page and the cause
   */
  public record DamageRow(String path, DamagedPage page) implements Serializable {}

  /**
   * What the kernel counted on one CPU; -1 where the file does not say.
   *
   * @param recording the recording's name
   * @param cpu the CPU
   * @param entries events that were still in the buffer
   * @param overrun events that were overwritten
   * @param commitOverrun events that were dropped because a nested writer came round the buffer
   * @param droppedEvents events that were dropped because the buffer was full and overwriting was
   *     off
   * @param readEvents events that were read
   */
  public record KernelStats(
      String recording,
      int cpu,
      long entries,
      long overrun,
      long commitOverrun,
      long droppedEvents,
      long readEvents)
      implements Serializable {}
}
