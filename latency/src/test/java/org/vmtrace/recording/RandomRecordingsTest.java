package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.Extent;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.ThreadKey;
import org.vmtrace.latency.pair.LatencyBatch;
import org.vmtrace.latency.split.Carries;
import org.vmtrace.latency.split.Carry;
import org.vmtrace.latency.split.SplitAnalysis;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.split.SplitRows;
import org.vmtrace.latency.split.SplitRows.Wanted;
import org.vmtrace.latency.split.WindowJoin;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.window.Tumble;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.testkit.ChunkCodec;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainLatency;
import org.vmtrace.testkit.PlainTraceDat;
import org.vmtrace.testkit.PlainWindow;
import org.vmtrace.testkit.RandomRecording;
import org.vmtrace.testkit.TraceDatBuilder;

/**
 * Random recordings, cut anywhere, against the plain reference. A test's name holds the seed of its
 * recording; {@code -Dvmtrace.firstSeed} and {@code -Dvmtrace.seeds} (how many) try others.
 */
class RandomRecordingsTest {
  private static final long FIRST_SEED = Long.getLong("vmtrace.firstSeed", 1);
  private static final long SEEDS = Long.getLong("vmtrace.seeds", 60);

  @TempDir static Path folder;

  static LongStream seeds() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
  }

  private record Cut(TraceFile file, PageStream stream, List<Extent> extents) {}

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyCutGivesThePlainNumbers(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Path file = write(recording);
    Random random = new Random(seed);
    for (long window : recording.windowsNs()) {
      PlainAnalysis plain =
          PlainAnalysis.of(List.of(recording.recording()), PlainAnalysis.Options.window(window));
      AnalysisChoice choice = new AnalysisChoice(window, 10, Set.of());
      for (long splitBytes : List.of(1L, 1L + random.nextInt(40_000), 1L << 30)) {
        Summary summary =
            new LocalAnalysis(
                    OpenOptions.defaults(), choice, 2, splitBytes, LocalAnalysis.Progress.NONE)
                .analyse(List.of(file));
        assertThat(PlainNumbers.of(summary))
            .as("window %d, splits of %d", window, splitBytes)
            .isEqualTo(PlainNumbers.of(plain));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyBitFlippedInAPageStampGivesThePlainNumbers(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    byte[] bytes = recording.traceDat().version6();
    Path file = Files.write(folder.resolve(recording + ".dat"), bytes);
    TraceFile trace = TraceFiles.open(file, OpenOptions.defaults());
    Random random = new Random(seed);
    long window = recording.windowsNs().get(random.nextInt(4));
    for (int bit = 40; bit < Long.SIZE; bit++) {
      byte[] flipped = bytes.clone();
      flipStampBit(flipped, trace, bit, random);
      Files.write(file, flipped);
      PlainAnalysis plain =
          PlainAnalysis.of(
              PlainTraceDat.read(flipped, (codec, packed, size) -> packed)
                  .recordings(file.getFileName().toString()),
              PlainAnalysis.Options.window(window));
      Summary summary =
          new LocalAnalysis(
                  OpenOptions.defaults(),
                  new AnalysisChoice(window, 10, Set.of()),
                  1,
                  LocalAnalysis.Progress.NONE)
              .analyse(List.of(file));
      assertThat(PlainNumbers.of(summary)).as("bit %d", bit).isEqualTo(PlainNumbers.of(plain));
    }
  }

  private static void flipStampBit(byte[] file, TraceFile trace, int bit, Random random) {
    PageStream stream = trace.streams().get(random.nextInt(trace.streams().size()));
    int pageBytes = stream.layout().pageBytes();
    int pages = (int) (stream.bytes() / pageBytes);
    if (pages > 0) {
      int at = (int) stream.offset() + random.nextInt(pages) * pageBytes;
      boolean big = stream.layout().endian() == Endian.big();
      ByteBuffer stamp =
          ByteBuffer.wrap(file).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      stamp.putLong(at, stamp.getLong(at) ^ 1L << bit);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void excludedReasonsAreOnlyCounted(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Path file = write(recording);
    long window = recording.windowsNs().get(2);
    PlainAnalysis plain =
        PlainAnalysis.of(
            List.of(recording.recording()),
            new PlainAnalysis.Options(
                window, latency -> latency.code() == 1 || latency.code() == 0x7c, 3));
    Summary summary =
        new LocalAnalysis(
                OpenOptions.defaults(),
                new AnalysisChoice(window, 3, Set.of("1", "0x7c")),
                1,
                1,
                LocalAnalysis.Progress.NONE)
            .analyse(List.of(file));
    assertThat(PlainNumbers.of(summary)).isEqualTo(PlainNumbers.of(plain));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyBracketingGivesTheSameBytes(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    for (Cut cut : cuts(recording, random)) {
      AnalysisRules rules = rules(cut, recording.windowsNs().get(random.nextInt(4)));
      List<SplitAnalysis> splits = scan(cut, rules);
      SplitAnalysis inOrder = SplitAnalysis.none(rules, cut.stream().cpu());
      for (SplitAnalysis split : splits) {
        inOrder = inOrder.then(split);
      }
      List<SplitAnalysis> anyhow = new ArrayList<>(splits);
      anyhow.add(random.nextInt(anyhow.size() + 1), SplitAnalysis.none(rules, cut.stream().cpu()));
      while (anyhow.size() > 1) {
        int at = random.nextInt(anyhow.size() - 1);
        anyhow.set(at, anyhow.get(at).then(anyhow.remove(at + 1)));
      }
      assertThat(bytes(anyhow.get(0))).isEqualTo(bytes(inOrder));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyCutGivesThePlainRows(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    long window = recording.windowsNs().get(random.nextInt(4));
    PlainAnalysis plain =
        PlainAnalysis.of(List.of(recording.recording()), PlainAnalysis.Options.window(window));
    List<List<Object>> latencies = new ArrayList<>();
    List<List<Object>> windows = new ArrayList<>();
    List<Cut> cuts = cuts(recording, random);
    Set<Long> moved = movedThreads(plain);
    for (Cut cut : cuts) {
      rows(cut, rules(cut, window), moved, latencies, windows);
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
    assertThat(latencies).containsExactlyInAnyOrderElementsOf(plainLatencies);
    assertThat(windows).containsExactlyInAnyOrderElementsOf(plainWindows);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rowsComeInTheSameOrderFromAnyCut(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    for (Cut cut : cuts(recording, random)) {
      AnalysisRules rules = rules(cut, recording.windowsNs().get(random.nextInt(4)));
      List<List<Object>> latencies = new ArrayList<>();
      List<List<Object>> windows = new ArrayList<>();
      rows(cut, rules, Set.of(), latencies, windows);
      List<List<Object>> wholeLatencies = new ArrayList<>();
      List<List<Object>> wholeWindows = new ArrayList<>();
      Cut whole = new Cut(cut.file(), cut.stream(), List.of(cut.stream().whole()));
      rows(whole, rules, Set.of(), wholeLatencies, wholeWindows);
      assertThat(latencies).isEqualTo(wholeLatencies);
      assertThat(windows).isEqualTo(wholeWindows);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void windowsAloneAreThoseMadeWithLatencies(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    for (Cut cut : cuts(recording, random)) {
      AnalysisRules rules = rules(cut, recording.windowsNs().get(random.nextInt(4)));
      List<List<Object>> windows = new ArrayList<>();
      rows(cut, rules, Set.of(), new ArrayList<>(), windows);
      List<List<Object>> noLatencies = new ArrayList<>();
      List<List<Object>> windowsAlone = new ArrayList<>();
      rows(cut, rules, Set.of(), Wanted.WINDOWS, noLatencies, windowsAlone);
      assertThat(windowsAlone).isEqualTo(windows);
      assertThat(noLatencies).isEmpty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void windowsThatTheScanKeptAreThoseOfTheSecondLook(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    Set<Long> moved =
        movedThreads(
            PlainAnalysis.of(
                List.of(recording.recording()),
                PlainAnalysis.Options.window(recording.windowsNs().get(0))));
    for (Cut cut : cuts(recording, random)) {
      AnalysisRules rules = rules(cut, recording.windowsNs().get(random.nextInt(4)));
      List<List<Object>> kept = new ArrayList<>();
      if (!keptWindows(cut, rules, moved, kept)) {
        continue; // time steps back: the windows take a second look
      }
      List<List<Object>> windows = new ArrayList<>();
      rows(cut, rules, moved, new ArrayList<>(), windows);
      assertThat(kept).containsExactlyInAnyOrderElementsOf(windows);
      assertThat(starts(kept)).isEqualTo(starts(windows));
    }
  }

  private static List<Object> starts(List<List<Object>> windows) {
    return windows.stream().map(window -> window.get(1)).toList();
  }

  /** Whether time is steady, so that there are kept windows. */
  private static boolean keptWindows(
      Cut cut, AnalysisRules rules, Set<Long> moved, List<List<Object>> windows)
      throws IOException {
    Carries edges = new Carries(rules);
    List<WindowBatch> kept = new ArrayList<>();
    for (Extent extent : cut.extents()) {
      SplitAnalyzer analyzer = new SplitAnalyzer(rules, cut.stream().cpu());
      kept.add(analyzer.keepWindows());
      edges.add(analyse(cut, extent, analyzer).edges());
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
      take(rows, windows);
    }
    return true;
  }

  private static WindowBatch throughBytes(WindowBatch windows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    windows.write(new DataOutputStream(bytes));
    WindowBatch read = new WindowBatch();
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return read;
  }

  private static Path write(RandomRecording recording) throws IOException {
    // Half of them packed, with a page or a few in a chunk.
    TraceDatBuilder file = recording.traceDat();
    byte[] bytes =
        recording.seed() % 2 == 0
            ? file.version6()
            : file.compression(ChunkCodec.ZSTD, 1 + (int) (recording.seed() % 3)).version7();
    return Files.write(folder.resolve(recording + ".dat"), bytes);
  }

  private static List<Cut> cuts(RandomRecording recording, Random random) throws IOException {
    TraceFile file = TraceFiles.open(write(recording), OpenOptions.defaults());
    List<Cut> cuts = new ArrayList<>();
    for (PageStream stream : file.streams()) {
      List<Extent> extents = new ArrayList<>();
      long end = stream.offset() + stream.bytes();
      for (long start = stream.offset(); start < end; ) {
        long next = Math.min(end, start + 1 + random.nextInt(3 * stream.layout().pageBytes()));
        extents.add(new Extent(start, next, Extent.UNKNOWN));
        start = next;
      }
      cuts.add(new Cut(file, stream, extents));
    }
    return cuts;
  }

  private static AnalysisRules rules(Cut cut, long window) {
    return new AnalysisChoice(window, 4, Set.of()).rulesFor(cut.file().schema().reasons());
  }

  private static List<SplitAnalysis> scan(Cut cut, AnalysisRules rules) throws IOException {
    List<SplitAnalysis> splits = new ArrayList<>();
    for (Extent extent : cut.extents()) {
      splits.add(analyse(cut, extent, new SplitAnalyzer(rules, cut.stream().cpu())));
    }
    return splits;
  }

  private static SplitAnalysis analyse(Cut cut, Extent extent, SplitAnalyzer analyzer)
      throws IOException {
    EventBatch batch = new EventBatch(7);
    try (StreamReader reader = new StreamReader(cut.file(), cut.stream(), extent)) {
      while (reader.next(batch)) {
        analyzer.accept(batch);
      }
    }
    return analyzer.finish();
  }

  private static void rows(
      Cut cut,
      AnalysisRules rules,
      Set<Long> moved,
      List<List<Object>> latencies,
      List<List<Object>> windows)
      throws IOException {
    rows(cut, rules, moved, Wanted.LATENCIES_AND_WINDOWS, latencies, windows);
  }

  private static void rows(
      Cut cut,
      AnalysisRules rules,
      Set<Long> moved,
      Wanted wanted,
      List<List<Object>> latencies,
      List<List<Object>> windows)
      throws IOException {
    Carries edges = new Carries(rules);
    scan(cut, rules).forEach(split -> edges.add(split.edges()));
    List<Carry> carries = edges.carries();
    for (int i = 0; i < carries.size(); i++) {
      SplitRows rows = new SplitRows(rules, cut.stream().cpu(), carries.get(i), moved, wanted);
      EventBatch batch = new EventBatch(5);
      try (StreamReader reader = new StreamReader(cut.file(), cut.stream(), cut.extents().get(i))) {
        while (reader.next(batch)) {
          rows.accept(batch);
          take(rows, latencies, windows);
        }
      }
      rows.finish();
      take(rows, latencies, windows);
    }
  }

  private static void take(
      SplitRows rows, List<List<Object>> latencies, List<List<Object>> windows) {
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
    take(rows.windows(), windows);
  }

  private static void take(WindowBatch sums, List<List<Object>> windows) {
    for (int row = 0; row < sums.size(); row++) {
      Tumble sum = sums.window(row);
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

  private static byte[] bytes(SplitAnalysis analysis) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    analysis.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
