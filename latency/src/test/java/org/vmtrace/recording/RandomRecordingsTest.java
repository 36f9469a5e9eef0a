package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitAnalysis;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.ring.Endian;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainTraceDat;
import org.vmtrace.testkit.RandomRecording;

/**
 * Numbers of random recordings, cut anywhere, against the plain reference. A test's name holds the
 * seed of its recording, see {@link RandomCuts#seeds}.
 */
class RandomRecordingsTest {
  @TempDir static Path folder;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.vmtrace.recording.RandomCuts#seeds")
  void anyCutGivesThePlainNumbers(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Path file = RandomCuts.write(folder, recording);
    Random random = new Random(seed);
    for (long window : recording.windowsNs()) {
      PlainAnalysis plain =
          PlainAnalysis.of(List.of(recording.recording()), PlainAnalysis.Options.window(window));
      AnalysisChoice choice = new AnalysisChoice(window, 10, Set.of());
      for (long splitBytes : List.of(1L, 1L + random.nextInt(40_000), 1L << 30)) {
        Summary summary =
            new LocalAnalysis(
                    OpenOptions.defaults(),
                    choice,
                    BadFiles.FAIL,
                    2,
                    splitBytes,
                    LocalAnalysis.Progress.NONE)
                .analyse(List.of(file));
        assertThat(PlainNumbers.of(summary))
            .as("window %d, splits of %d", window, splitBytes)
            .isEqualTo(PlainNumbers.of(plain));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.vmtrace.recording.RandomCuts#seeds")
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
                  BadFiles.FAIL,
                  1,
                  LocalAnalysis.Progress.NONE)
              .analyse(List.of(file));
      assertThat(PlainNumbers.of(summary)).as("bit %d", bit).isEqualTo(PlainNumbers.of(plain));
    }
  }

  private static void flipStampBit(byte[] file, TraceFile trace, int bit, Random random) {
    if (trace.streams().isEmpty()) {
      return;
    }
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
  @MethodSource("org.vmtrace.recording.RandomCuts#seeds")
  void excludedReasonsAreOnlyCounted(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Path file = RandomCuts.write(folder, recording);
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
                BadFiles.FAIL,
                1,
                1,
                LocalAnalysis.Progress.NONE)
            .analyse(List.of(file));
    assertThat(PlainNumbers.of(summary)).isEqualTo(PlainNumbers.of(plain));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.vmtrace.recording.RandomCuts#seeds")
  void anyBracketingGivesTheSameBytes(long seed) throws Exception {
    RandomRecording recording = RandomRecording.of(seed);
    Random random = new Random(seed);
    for (CutStream cut : RandomCuts.of(folder, recording, random)) {
      AnalysisRules rules = cut.rules(recording.windowsNs().get(random.nextInt(4)));
      List<SplitAnalysis> splits = cut.scan(rules);
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

  @Test
  void splitWithoutEventsIsTheSameBytesAsNoSplit() throws Exception {
    AnalysisRules rules = AnalysisChoice.DEFAULT.rulesFor(ExitReasons.TABLES);

    assertThat(bytes(new SplitAnalyzer(rules, 3).finish()))
        .isEqualTo(bytes(SplitAnalysis.none(rules, 3)));
  }

  private static byte[] bytes(SplitAnalysis analysis) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    analysis.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
