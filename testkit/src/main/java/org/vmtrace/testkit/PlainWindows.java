package org.vmtrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vmtrace.testkit.PlainPairing.Pair;
import org.vmtrace.testkit.PlainPairing.ThreadPairs;

/** Sliding and tumbling windows over the latencies of one thread (design, section 3). */
final class PlainWindows {
  private PlainWindows() {}

  /**
   * The largest sum of latencies whose entries lie in (t - window, t], over all t; within a run of
   * the stream only, since the window starts afresh where time steps back.
   */
  static Optional<PlainPeak> sliding(PlainThread thread, List<Pair> pairs, long windowNs) {
    List<PlainPeak> sums = new ArrayList<>();
    int first = 0;
    long sum = 0;
    for (int last = 0; last < pairs.size(); last++) {
      Pair newest = pairs.get(last);
      long time = newest.latency().entryTimeNs();
      sum += newest.latency().latencyNs();
      while (pairs.get(first).run() != newest.run()
          || pairs.get(first).latency().entryTimeNs() <= time - windowNs) {
        sum -= pairs.get(first).latency().latencyNs();
        first++;
      }
      // Entries at the same time are summed one by one: the last of them has the whole sum, and the
      // smaller ones before it, at the same time, change no maximum and no time of one.
      sums.add(new PlainPeak(sum, time, thread));
    }
    return sums.stream().min(PlainPeak.LARGEST_FIRST);
  }

  /**
   * The rows of the windows [k * window, (k + 1) * window) that hold an entry, in the order of the
   * entries. Where time stepped back, a window may come twice.
   */
  static List<PlainWindow> tumbling(ThreadPairs thread, String host, long windowNs) {
    List<PlainWindow> windows = new ArrayList<>();
    for (Pair pair : thread.pairs()) {
      long start = Math.floorDiv(pair.latency().entryTimeNs(), windowNs) * windowNs;
      int last = windows.size() - 1;
      if (last < 0 || windows.get(last).startNs() != start) {
        windows.add(empty(thread, host, start).with(pair.latency()));
      } else {
        windows.set(last, windows.get(last).with(pair.latency()));
      }
    }
    return windows;
  }

  private static PlainWindow empty(ThreadPairs thread, String host, long startNs) {
    String recording = thread.thread().recording();
    int pid = thread.thread().pid();
    return new PlainWindow(recording, host, pid, thread.comm(), startNs, 0, 0, 0, 0, 0, 0);
  }
}
