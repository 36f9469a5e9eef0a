package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.Extent;
import org.vmtrace.file.StreamReader;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.latency.split.Carries;
import org.vmtrace.latency.split.Carry;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.split.SplitRows;
import org.vmtrace.latency.split.SplitRows.Wanted;
import org.vmtrace.latency.split.WindowJoin;
import org.vmtrace.latency.window.TumblingWindow;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainLatency;
import org.vmtrace.testkit.PlainWindow;
import org.vmtrace.testkit.RandomRecording;

/**
 * Rows of random recordings, cut anywhere, against the plain reference. A test's name holds the
 * seed of its recording, see {@link RandomCuts#seeds}.
 */
class RandomRowsTest {
  @TempDir static Path folder;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.vmtrace.recording.RandomCuts#seeds")
  void anyCutGivesThePlainRows(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    long window = recording.windowsNs().get(random.nextInt(4));
    PlainAnalysis plain =
        PlainAnalysis.of(List.of(recording.recording()), PlainAnalysis.Options.window(window));
    Rows rows = new Rows();
    Set<Long> moved = movedThreads(plain);
    for (CutStream cut : RandomCuts.of(folder, recording, random)) {
      rows.add(cut, cut.rules(window), moved, Wanted.LATENCIES_AND_WINDOWS);
    }
    List<List<Object>> plainLatencies = new ArrayList<>();
    for (PlainLatency latency : plain.latencies()) {
      if (!moved.contains(ThreadKey.of(latency.pid(), latency.cpu()))) {
        plainLatencies.add(row(latency));
      }
    }
    List<List<Object>> plainWindows = new ArrayList<>();
    for (PlainWindow row : plain.windows()) {
      if (!moved.contains(ThreadKey.of(row.pid(), 0))) {
        plainWindows.add(row(row));
      }
    }
    assertThat(rows.latencies).containsExactlyInAnyOrderElementsOf(plainLatencies);
    assertThat(rows.windows).containsExactlyInAnyOrderElementsOf(plainWindows);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.vmtrace.recording.RandomCuts#seeds")
  void rowsComeInTheSameOrderFromAnyCut(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    for (CutStream cut : RandomCuts.of(folder, recording, random)) {
      AnalysisRules rules = cut.rules(recording.windowsNs().get(random.nextInt(4)));
      CutStream whole = new CutStream(cut.file(), cut.stream(), List.of(cut.stream().whole()));
      Rows rows = rows(cut, rules, Set.of(), Wanted.LATENCIES_AND_WINDOWS);
      Rows wholeRows = rows(whole, rules, Set.of(), Wanted.LATENCIES_AND_WINDOWS);
      assertThat(rows.latencies).isEqualTo(wholeRows.latencies);
      assertThat(rows.windows).isEqualTo(wholeRows.windows);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.vmtrace.recording.RandomCuts#seeds")
  void windowsAloneAreThoseMadeWithLatencies(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    for (CutStream cut : RandomCuts.of(folder, recording, random)) {
      AnalysisRules rules = cut.rules(recording.windowsNs().get(random.nextInt(4)));
      Rows windowsAlone = rows(cut, rules, Set.of(), Wanted.WINDOWS);
      assertThat(windowsAlone.windows)
          .isEqualTo(rows(cut, rules, Set.of(), Wanted.LATENCIES_AND_WINDOWS).windows);
      assertThat(windowsAlone.latencies).isEmpty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.vmtrace.recording.RandomCuts#seeds")
  void windowsThatTheScanKeptAreThoseOfTheSecondLook(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    Set<Long> moved =
        movedThreads(
            PlainAnalysis.of(
                List.of(recording.recording()),
                PlainAnalysis.Options.window(recording.windowsNs().get(0))));
    for (CutStream cut : RandomCuts.of(folder, recording, random)) {
      AnalysisRules rules = cut.rules(recording.windowsNs().get(random.nextInt(4)));
      Rows kept = new Rows();
      if (!kept.addKept(cut, rules, moved)) {
        continue; // time steps back: the windows take a second look
      }
      List<List<Object>> windows = rows(cut, rules, moved, Wanted.LATENCIES_AND_WINDOWS).windows;
      assertThat(kept.windows).containsExactlyInAnyOrderElementsOf(windows);
      assertThat(starts(kept.windows)).isEqualTo(starts(windows));
    }
  }

  private static List<Object> starts(List<List<Object>> windows) {
    return windows.stream().map(window -> window.get(1)).toList();
  }

  private static Rows rows(CutStream cut, AnalysisRules rules, Set<Long> moved, Wanted wanted)
      throws IOException {
    Rows rows = new Rows();
    rows.add(cut, rules, moved, wanted);
    return rows;
  }

  /** Latencies and windows, each as the list of its values. */
  private static final class Rows {
    final List<List<Object>> latencies = new ArrayList<>();
    final List<List<Object>> windows = new ArrayList<>();

    /** Adds what a second look at the splits gives. */
    void add(CutStream cut, AnalysisRules rules, Set<Long> moved, Wanted wanted)
        throws IOException {
      Carries edges = new Carries(rules);
      cut.scan(rules).forEach(split -> edges.add(split.edges()));
      List<Carry> carries = edges.carries();
      for (int i = 0; i < carries.size(); i++) {
        SplitRows rows = new SplitRows(rules, cut.stream().cpu(), carries.get(i), moved, wanted);
        EventBatch batch = new EventBatch(5);
        StreamReader reader = new StreamReader(cut.file(), cut.stream(), cut.extents().get(i));
        while (reader.next(batch)) {
          rows.accept(batch);
          take(rows);
        }
        rows.finish();
        take(rows);
      }
    }

    /** Adds the windows that the scan keeps; whether it does, since time is steady. */
    boolean addKept(CutStream cut, AnalysisRules rules, Set<Long> moved) throws IOException {
      Carries edges = new Carries(rules);
      List<WindowBatch> kept = new ArrayList<>();
      for (Extent extent : cut.extents()) {
        SplitAnalyzer analyzer = new SplitAnalyzer(rules, cut.stream().cpu());
        kept.add(analyzer.keepWindows());
        edges.add(cut.analyse(extent, analyzer).edges());
      }
      List<Carry> carries = edges.carries();
      for (int i = 0; i < carries.size(); i++) {
        if (!carries.get(i).steady()) {
          return false;
        }
        WindowJoin join = new WindowJoin(cut.stream().cpu(), carries.get(i), moved);
        WindowBatch rows = new WindowBatch();
        join.accept(throughBytes(kept.get(i)), rows);
        join.finish(rows);
        take(rows);
      }
      return true;
    }

    private void take(SplitRows rows) {
      LatencyBatch batch = rows.latencies();
      for (int row = 0; row < batch.size(); row++) {
        latencies.add(
            List.of(
                batch.cpu(row),
                batch.thread(row),
                batch.vcpu(row),
                batch.code(row),
                batch.idle(row),
                batch.exitTime(row),
                batch.entryTime(row),
                batch.instructionPointer(row)));
      }
      take(rows.windows());
    }

    private void take(WindowBatch sums) {
      for (int row = 0; row < sums.size(); row++) {
        TumblingWindow sum = sums.window(row);
        windows.add(
            List.of(
                sums.thread(row),
                sum.start(),
                sum.latencies(),
                sum.sum(),
                sum.max(),
                sum.busyLatencies(),
                sum.busySum(),
                sum.busyMax()));
      }
    }
  }

  private static WindowBatch throughBytes(WindowBatch windows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    windows.write(new DataOutputStream(bytes));
    WindowBatch read = new WindowBatch();
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return read;
  }

  private static List<Object> row(PlainLatency latency) {
    return List.of(
        latency.cpu(),
        latency.pid(),
        latency.vcpu() == null ? -1 : latency.vcpu(),
        latency.code(),
        latency.idle(),
        latency.exitTimeNs(),
        latency.entryTimeNs(),
        latency.guestIp() == null ? 0L : latency.guestIp());
  }

  private static List<Object> row(PlainWindow window) {
    return List.of(
        window.pid(),
        window.startNs(),
        window.latencies(),
        window.cumulativeNs(),
        window.maxNs(),
        window.busyLatencies(),
        window.busyCumulativeNs(),
        window.busyMaxNs());
  }

  private static Set<Long> movedThreads(PlainAnalysis plain) {
    Set<Long> keys = new HashSet<>();
    plain.movedThreads().forEach(thread -> keys.add(ThreadKey.of(thread.pid(), 0)));
    return keys;
  }
}
