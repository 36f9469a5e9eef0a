package org.vmtrace.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.spark.api.java.JavaPairRDD;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.ExitReasons;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.StreamResult;
import org.vmtrace.latency.split.ThreadResult;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.SummaryBuilder;
import org.vmtrace.latency.tally.ThreadTally;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.report.SummaryJson;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.spark.SharedContext;
import org.vmtrace.testkit.PlainStream;
import org.vmtrace.testkit.RandomKnobs;
import org.vmtrace.testkit.RandomRecording;
import org.vmtrace.testkit.Seeds;
import org.vmtrace.testkit.SharedTraces;

/** The input format on its own, through Hadoop's interface and through Spark's. */
class RingBufferInputFormatTest {
  private static final List<Long> SPLIT_SIZES = List.of(4095L, 4096L, 4097L, 65536L, 1L << 20);
  private static final AnalysisRules RULES = AnalysisChoice.DEFAULT.rulesFor(ExitReasons.TABLES);

  private final Configuration conf = new Configuration();

  @TempDir java.nio.file.Path folder;

  @BeforeEach
  void readWholeFilesUnlessToldOtherwise() {
    RingBufferInputFormat.setSplitBytes(conf, Long.MAX_VALUE);
  }

  static Stream<SharedTraces.Recording> recordings() {
    return SharedTraces.list().stream();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("recordings")
  void everySplitSizeGivesTheSameOfRealRecordings(SharedTraces.Recording recording)
      throws Exception {
    java.nio.file.Path file = recording.unpackTo(folder);
    assertThat(read(file, Long.MAX_VALUE).rows).isNotEmpty();
    sameForAllSplitSizes(file);
  }

  @Test
  void theRealRecordingsAreThere() {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
    assertThat(SharedTraces.list()).hasSizeGreaterThan(60);
  }

  @Test
  void everySplitSizeGivesTheSameOfRandomRecordings() throws Exception {
    for (long seed : Seeds.some(20).toArray()) {
      RandomRecording random = RandomRecording.of(seed);
      sameForAllSplitSizes(Files.write(folder.resolve("t" + seed), random.traceDat().version6()));
    }
  }

  private void sameForAllSplitSizes(java.nio.file.Path file) throws Exception {
    EventRows whole = read(file, Long.MAX_VALUE);
    EventRows pages = read(file, 1);
    assertThat(pages.splits).isGreaterThanOrEqualTo(whole.splits);
    assertSame(pages, whole);
    for (long size : SPLIT_SIZES) {
      assertSame(read(file, size), whole);
    }
  }

  private EventRows read(java.nio.file.Path file, long splitBytes) throws Exception {
    RingBufferInputFormat.setSplitBytes(conf, splitBytes);
    return EventRows.of(conf, RULES, new Path(file.toUri()));
  }

  private static void assertSame(EventRows some, EventRows whole) {
    assertThat(some.rows.keySet()).isEqualTo(whole.rows.keySet());
    whole.rows.forEach(
        (stream, rows) ->
            assertThat(some.rows.get(stream).toByteArray()).isEqualTo(rows.toByteArray()));
    assertThat(json(some)).isEqualTo(json(whole));
  }

  /** summary.json of all streams, each taken for a recording of its own. */
  private static String json(EventRows rows) {
    SummaryBuilder summary =
        new SummaryBuilder(AnalysisChoice.DEFAULT.window(), AnalysisChoice.DEFAULT.worst());
    for (var entry : rows.analyses.entrySet()) {
      RecordingInfo info =
          new RecordingInfo(
              entry.getKey(),
              "",
              "",
              "",
              List.of(),
              java.util.Map.of(),
              ExitReasons.TABLES,
              true,
              false);
      summary.addRecording(info);
      StreamResult result = entry.getValue().close();
      summary.addStream(entry.getKey(), "", result.counts());
      for (ThreadTally tally : result.tallies().threads()) {
        summary.addThread(info, new ThreadResult(tally, result.peaks().get(tally.key())));
      }
    }
    return new String(SummaryJson.bytes(summary.build()), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void sparkReadsEveryEventOnce() throws Exception {
    RandomRecording random = busy(7);
    java.nio.file.Path file = Files.write(folder.resolve("t"), random.traceDat().version6());
    RingBufferInputFormat.setSplitBytes(conf, 3 * 4096);
    JavaPairRDD<RingBufferSplit, EventBatch> batches =
        SharedContext.get()
            .newAPIHadoopFile(
                file.toString(),
                RingBufferInputFormat.class,
                RingBufferSplit.class,
                EventBatch.class,
                conf);
    assertThat(batches.getNumPartitions()).isGreaterThan(2);
    assertThat(batches.map(batch -> exits(batch._2())).reduce(Long::sum)).isEqualTo(exits(random));
    assertThat(batches.map(batch -> batch._1().cpu()).distinct().collect()).containsExactly(0, 1);
  }

  private static long exits(EventBatch batch) {
    long exits = 0;
    for (int row = 0; row < batch.size(); row++) {
      exits += batch.kind(row) == EventBatch.EXIT ? 1 : 0;
    }
    return exits;
  }

  private static long exits(RandomRecording random) {
    return random.recording().streams().stream()
        .map(PlainStream::events)
        .flatMap(List::stream)
        .filter(event -> event.kind() == org.vmtrace.testkit.PlainEvent.Kind.EXIT)
        .count();
  }

  private static RandomRecording busy(long seed) {
    return RandomRecording.of(seed, new RandomKnobs().streams(2, 1).events(2000));
  }

  @Test
  void filesOfAFolderThatAreNoTracesAreSkipped() throws Exception {
    Files.write(folder.resolve("trace.dat"), busy(1).traceDat().version6());
    Files.writeString(folder.resolve("notes.txt"), "no trace at all");
    Files.writeString(folder.resolve("empty"), "");
    SharedContext.quietly(
        () ->
            assertThat(EventRows.of(conf, RULES, new Path(folder.toUri())).rows.keySet())
                .containsExactlyInAnyOrder("trace.dat  0", "trace.dat  1"));
  }

  @Test
  void aNamedFileMustBeATrace() throws Exception {
    java.nio.file.Path notes = Files.writeString(folder.resolve("notes.txt"), "no trace at all");
    assertThatThrownBy(() -> EventRows.of(conf, RULES, new Path(notes.toUri())))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining(notes.toString())
        .hasMessageContaining("no trace file");
  }

  @Test
  void optionsOfTheConfigurationReachTheReader() throws Exception {
    RandomRecording random = busy(3);
    java.nio.file.Path pages = Files.write(folder.resolve("cpu5"), random.pages().get(0));
    EventFormats.Builder formats =
        EventFormats.builder().headerPage(random.shape().headerPageText());
    random.kvm().all().forEach(event -> formats.add(event.system(), event.formatText()));
    InputProperties.setFormats(conf, formats.build());
    EventRows rows = EventRows.of(conf, RULES, new Path(pages.toUri()));
    assertThat(rows.rows.keySet()).containsExactly("cpu5  5");
    assertThat(rows.rows.get("cpu5  5").size()).isGreaterThan(1000);
  }

  @Test
  void splitsSurviveHadoopsAndJavasSerialization() throws Exception {
    java.nio.file.Path file = Files.write(folder.resolve("t"), busy(4).traceDat().version6());
    RingBufferInputFormat.setSplitBytes(conf, 4096);
    Job job = Job.getInstance(conf);
    FileInputFormat.setInputPaths(job, new Path(file.toUri()));
    List<InputSplit> splits = new RingBufferInputFormat().getSplits(job);
    RingBufferSplit split = (RingBufferSplit) splits.get(splits.size() - 1);
    DataOutputBuffer out = new DataOutputBuffer();
    split.write(out);
    DataInputBuffer in = new DataInputBuffer();
    in.reset(out.getData(), out.getLength());
    RingBufferSplit read = new RingBufferSplit();
    read.readFields(in);
    assertThat(read).usingRecursiveComparison().ignoringFields("hosts").isEqualTo(split);
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    new java.io.ObjectOutputStream(bytes).writeObject(split);
    Object again =
        new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray()))
            .readObject();
    assertThat(again).usingRecursiveComparison().isEqualTo(split);
  }
}
