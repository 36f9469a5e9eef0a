package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.testkit.PlainAnalysis;
import org.vmtrace.testkit.PlainEvent;
import org.vmtrace.testkit.PlainPage;
import org.vmtrace.testkit.PlainReasons;
import org.vmtrace.testkit.PlainRecording;
import org.vmtrace.testkit.PlainStream;
import org.vmtrace.testkit.RandomRecording;
import org.vmtrace.testkit.Seeds;
import org.vmtrace.testkit.SharedTraces;

/** The rows of the data source, one page a split: losses, damage and moved threads among them. */
class SourceRowsTest {
  private static final long WINDOW = 500;

  @TempDir Path folder;

  private final List<PlainRecording> recordings = new ArrayList<>();
  private Path traces;
  private PlainReasons reasons;

  @BeforeEach
  void makeTheFolder() throws IOException {
    traces = Files.createDirectory(folder.resolve("traces"));
  }

  private void make(int count) throws IOException {
    for (long seed : Seeds.some(count).toArray()) {
      RandomRecording random = RandomRecording.of(seed);
      recordings.add(random.recording());
      reasons = PlainReasons.of(random.kvm().exit());
      Files.write(traces.resolve(random.recording().name()), random.traceDat().version6());
    }
  }

  private Dataset<Row> frame(String table) {
    return Frames.pages(table).option("window", WINDOW + "ns").load(traces.toString());
  }

  @Test
  void latenciesAndWindowsAreThoseOfThePlainReference() throws Exception {
    make(24);
    PlainAnalysis plain = PlainAnalysis.of(recordings, PlainAnalysis.Options.window(WINDOW));
    PlainRows.assertSame(
        Frames.sorted(frame("latencies")),
        PlainRows.latencies(plain, reasons::name).stream().sorted().toList());
    PlainRows.assertSame(
        Frames.sorted(frame("windows")), PlainRows.windows(plain).stream().sorted().toList());
  }

  @Test
  void eventsAreThoseOfThePlainReference() throws Exception {
    make(12);
    List<String> expected = new ArrayList<>();
    long damaged = 0;
    for (PlainRecording recording : recordings) {
      for (PlainStream stream : recording.streams()) {
        for (PlainPage page : stream.pages()) {
          expected.addAll(events(recording, stream.cpu(), page));
          damaged += page.damage() == null ? 0 : 1;
        }
      }
    }
    PlainRows.assertSame(
        Frames.sorted(frame("events").where("kind <> 'damage'")),
        expected.stream().sorted().toList());
    assertThat(frame("events").where("kind = 'damage'").count()).isEqualTo(damaged).isPositive();
  }

  private List<String> events(PlainRecording recording, int cpu, PlainPage page) {
    List<String> rows = new ArrayList<>();
    String place = recording.name() + "|" + recording.host() + "|" + cpu + "|";
    if (page.readable() && page.lost()) {
      String count = page.lostCount() == 0 ? "-" : "" + page.lostCount();
      rows.add(place + page.stampNs() + "|loss|-|-|-|-|-|-|" + count + "|-");
    }
    for (PlainEvent event : page.events()) {
      boolean exit = event.kind() == PlainEvent.Kind.EXIT;
      boolean other = event.kind() == PlainEvent.Kind.OTHER;
      rows.add(
          place
              + String.join(
                  "|",
                  "" + event.timeNs(),
                  event.kind().name().toLowerCase(java.util.Locale.ROOT),
                  "" + event.pid(),
                  event.pid() == 0 ? "<idle>" : recording.comm(event.pid()),
                  event.vcpu() == null ? "-" : "" + event.vcpu(),
                  exit ? reasons.name(event.isa(), event.code()) : "-",
                  exit ? "" + event.code() : "-",
                  other ? "" + event.id() : "-",
                  "-",
                  event.instructionPointer() == null ? "-" : "" + event.instructionPointer()));
    }
    return rows;
  }

  /** The job is held against the plain reference by its own tests. */
  @Test
  void realRecordingsGiveTheJobsTables() throws Exception {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
    for (String name :
        List.of(
            "linux-6.1/two-vcpus",
            "linux-6.1/dat-v7-zstd",
            "linux-6.1/lossy-migrate",
            "linux-6.12/clock-x86-tsc",
            "linux-6.12/lossy-rounds",
            "linux-6.12/migrate-self",
            "linux-7.3/dat-v7-instance",
            "linux-7.3/migrate-two",
            "linux-7.3/subbuf-64k-lossy")) {
      SharedTraces.find(name).orElseThrow().unpackTo(traces);
    }
    Path output = folder.resolve("out");
    Run.job(new JobChoice(traces, output));
    for (String table : List.of("latencies", "windows")) {
      Dataset<Row> job = Frames.session().read().parquet(output.resolve(table).toString());
      Dataset<Row> source =
          Frames.pages(table).option("split-size", "64KiB").load(traces.toString());
      assertThat(Frames.columns(source)).isEqualTo(Frames.columns(job));
      PlainRows.assertSame(Frames.sorted(source), Frames.sorted(job));
    }
  }
}
