package org.vmtrace.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vmtrace.testkit.PlainCounts.Count;
import org.vmtrace.testkit.PlainEvent.Kind;

/**
 * Pairs the exits and entries of one recording, one thread after the other (design, sections 3 and
 * 4).
 */
final class PlainPairing {
  /**
   * A latency and the run of its stream that it lies in: a new run begins where time steps back.
   */
  record Pair(PlainLatency latency, int run) {}

  /**
   * What one thread did.
   *
   * @param moved whether it was seen on more than one stream
   * @param pairs in the order of their entries
   * @param cpus where it had exits or entries
   * @param vcpusOfExits what its exits named, in their order
   * @param vcpusOfEntries what its entries named
   */
  record ThreadPairs(
      PlainThread thread,
      String comm,
      boolean moved,
      List<Pair> pairs,
      PlainCounts counts,
      Set<Integer> cpus,
      List<Integer> vcpusOfExits,
      List<Integer> vcpusOfEntries) {
    /** What the last exit named; where exits name nothing, the first entry; else null. */
    Integer vcpu() {
      if (!vcpusOfExits.isEmpty()) {
        return vcpusOfExits.get(vcpusOfExits.size() - 1);
      }
      return vcpusOfEntries.isEmpty() ? null : vcpusOfEntries.get(0);
    }
  }

  private final PlainRecording recording;
  private final List<ThreadPairs> threads = new ArrayList<>();

  private PlainPairing(PlainRecording recording) {
    this.recording = recording;
  }

  /** All threads of a recording: by stream and thread, those that moved after the others. */
  static List<ThreadPairs> of(PlainRecording recording) {
    PlainPairing pairing = new PlainPairing(recording);
    Map<PlainThread, Set<Integer>> streamsOfThreads = new TreeMap<>(PlainThread.ORDER);
    for (int stream = 0; stream < recording.streams().size(); stream++) {
      for (PlainEvent event : recording.streams().get(stream).events()) {
        if (event.kind() != Kind.OTHER) {
          streamsOfThreads
              .computeIfAbsent(pairing.threadOf(event), thread -> new TreeSet<>())
              .add(stream);
        }
      }
    }
    streamsOfThreads.forEach(
        (thread, streams) -> {
          if (streams.size() == 1) {
            pairing.pairOnOneStream(thread, recording.streams().get(streams.iterator().next()));
          }
        });
    streamsOfThreads.forEach(
        (thread, streams) -> {
          if (streams.size() > 1) {
            pairing.pairAcrossStreams(thread);
          }
        });
    return pairing.threads;
  }

  private PlainThread threadOf(PlainEvent event) {
    return PlainThread.of(recording.name(), event);
  }

  private void pairOnOneStream(PlainThread thread, PlainStream stream) {
    OneThread state = new OneThread(thread, false);
    PlainEvent before = null;
    for (PlainPage page : stream.pages()) {
      if (page.lost()) {
        state.cut();
      }
      for (PlainEvent event : page.events()) {
        if (before != null && event.timeNs() < before.timeNs()) {
          state.cut();
          state.run++;
        }
        before = event;
        if (event.kind() == Kind.EXIT && threadOf(event).equals(thread)) {
          state.exit(event);
        } else if (event.kind() == Kind.ENTRY && threadOf(event).equals(thread)) {
          state.entry(event, false);
        }
      }
      if (page.damage() != null) {
        state.cut();
      }
    }
    threads.add(state.finish());
  }

  /** Only pairs are cut by a loss here, so an exit that meets no entry is never dropped by one. */
  private void pairAcrossStreams(PlainThread thread) {
    List<PlainLoss> losses = new ArrayList<>();
    List<PlainPlace> places = new ArrayList<>();
    for (int stream = 0; stream < recording.streams().size(); stream++) {
      losses.addAll(PlainLoss.of(recording.streams().get(stream), stream));
      for (PlainEvent event : recording.streams().get(stream).events()) {
        if (event.kind() != Kind.OTHER && threadOf(event).equals(thread)) {
          places.add(PlainPlace.of(event, stream));
        }
      }
    }
    places.sort(Comparator.naturalOrder());
    OneThread state = new OneThread(thread, true);
    PlainPlace open = null;
    for (PlainPlace place : places) {
      if (place.event().kind() == Kind.EXIT) {
        state.exit(place.event());
        open = place;
      } else {
        PlainPlace exit = open;
        boolean lossBetween =
            exit != null && losses.stream().anyMatch(loss -> loss.overlaps(exit, place));
        state.entry(place.event(), lossBetween);
        open = null;
      }
    }
    threads.add(state.finish());
  }

  /** The state of one thread: the exit that is open, if any. */
  private final class OneThread {
    private final ThreadPairs result;
    private PlainEvent open;
    private int run;

    OneThread(PlainThread thread, boolean moved) {
      result =
          new ThreadPairs(
              thread,
              recording.comm(thread.pid()),
              moved,
              new ArrayList<>(),
              new PlainCounts(),
              new TreeSet<>(),
              new ArrayList<>(),
              new ArrayList<>());
    }

    void exit(PlainEvent exit) {
      seen(exit, Count.EXITS);
      if (exit.failedEntry()) {
        result.counts().addOne(Count.FAILED_ENTRIES);
      }
      close(Count.UNPAIRED_EXITS);
      open = exit;
    }

    void entry(PlainEvent entry, boolean lossBetween) {
      seen(entry, Count.ENTRIES);
      if (entry.immediateExit()) {
        result.counts().addOne(Count.IMMEDIATE_EXITS);
      }
      if (lossBetween) {
        cut();
      }
      if (open == null) {
        result.counts().addOne(Count.UNPAIRED_ENTRIES);
        return;
      }
      PlainEvent exit = open;
      PlainLatency latency =
          new PlainLatency(
              recording.name(),
              recording.host(),
              entry.cpu(),
              entry.pid(),
              result.comm(),
              exit.vcpu(),
              exit.isa(),
              exit.code(),
              exit.isa().idle(exit.code()),
              exit.timeNs(),
              entry.timeNs(),
              exit.instructionPointer());
      result.pairs().add(new Pair(latency, run));
      close(Count.LATENCIES);
    }

    void cut() {
      close(Count.DROPPED_BY_LOSS);
    }

    ThreadPairs finish() {
      close(Count.OPEN_AT_END);
      return result;
    }

    private void close(Count why) {
      if (open != null) {
        result.counts().addOne(why);
        open = null;
      }
    }

    private void seen(PlainEvent event, Count kind) {
      result.counts().addOne(kind);
      result.cpus().add(event.cpu());
      if (event.vcpu() != null) {
        (kind == Count.EXITS ? result.vcpusOfExits() : result.vcpusOfEntries()).add(event.vcpu());
      }
    }
  }
}
