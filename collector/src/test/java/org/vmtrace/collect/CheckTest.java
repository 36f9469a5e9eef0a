package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.testkit.Json;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.SharedTraces;
import org.vmtrace.testkit.SharedTraces.Recording;
import org.vmtrace.testkit.TraceDatBuilder;

/** What {@code --check} says of files, and how it ends. */
class CheckTest {
  private static final KvmEvents KVM = KvmEvents.linux61();
  private static final int PAGE = PageShape.X86_64.pageBytes();

  @TempDir Path folder;

  static Stream<Recording> recordings() {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
    return SharedTraces.list().stream();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void countsOfRealRecordingsAreTheExpectedOnes(Recording recording) throws IOException {
    Path file = Files.write(folder.resolve("trace.dat"), recording.traceDat());

    Run run = Run.of("--check", file.toString(), "--json");

    Map<?, ?> check = files(run).get(0);
    Map<?, ?> events = (Map<?, ?>) recording.expected().get("events");
    for (String count : List.of("exits", "entries", "other", "lost", "lost_places")) {
      long sum = 0;
      for (Object stream : (List<?>) check.get("streams")) {
        sum += (long) ((Map<?, ?>) stream).get(count);
      }
      assertThat(sum).as(count).isEqualTo(events.get(count));
    }
    if ((long) events.get("lost_places") > 0) {
      assertThat(run.exitCode()).isEqualTo(3);
    }
    assertThat(run.exitCode()).isEqualTo((boolean) check.get("well") ? 0 : 3);
  }

  @Test
  void aWholeFileIsWell() throws IOException {
    Run run = check(dat(page(1).build()).version6());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Verdict    all is well", "Container  trace.dat 6, ");
  }

  @Test
  void lostEventsAreShownWithTheirPlaceAndNumber() throws IOException {
    Run run = check(dat(PageBuilder.concat(page(1), page(2).lost(7), page(3).lost())).version6());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("Verdict    not well: events were lost at 2 places (7 by the stored counts)")
        .containsPattern("0 +\\d+ +2\\.000000000 +7\n")
        .containsPattern("0 +\\d+ +3\\.000000000 +unknown\n");
  }

  @Test
  void damagedPagesAreShownWithOffsetAndCause() throws IOException {
    byte[] file = dat(PageBuilder.concat(page(1), page(2).word(0, 5).rawInt(0))).version6();
    int damaged = file.length - PAGE;

    Run run = check(file);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("not well: 1 page is damaged")
        .containsPattern("0 +" + damaged + " +\\d+ +2\\.000005000 +a record has length 0\n");
  }

  @Test
  void timeThatStepsBackIsShownWithItsAmount() throws IOException {
    Run run = check(dat(PageBuilder.concat(page(2), page(1))).version6());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("not well: time steps back 1 time")
        .containsPattern("0 +\\d+ +2\\.000005000 +1,000,005\\.000\n");
  }

  @Test
  void aFileThatEndsTooEarlyIsNotWell() throws IOException {
    byte[] whole = dat(PageBuilder.concat(page(1), page(2), page(3))).version6();

    Run run = check(Arrays.copyOf(whole, whole.length - PAGE / 2));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("parts of the file are missing", "the file ends within the page")
        .contains("Warning: ", " of 12288 bytes");
  }

  @Test
  void eventsThatWereReadButAreNotInTheFileAreMissing() throws IOException {
    Run run = check(dat(page(1).build()).cpuStat(0, "read events: 12\n").version6());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains("10 events that were read are not in the file");
  }

  @Test
  void whatTheKernelDroppedIsNotWell() throws IOException {
    Run run =
        check(dat(page(1).build()).cpuStat(0, "dropped events: 4\nread events: 2\n").version6());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains("not well: the kernel dropped 4 events without a mark");
  }

  @Test
  void aLongSilenceIsShownAndIsNoFault() throws IOException {
    Run run = check(dat(PageBuilder.concat(page(1), page(4))).version6());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Longest times without an event")
        .containsPattern("0 +\\d+ +1\\.000005000 +2,999,995\\.000\n");
  }

  @Test
  void aSilenceInWhichEventsAreMissingIsMarked() throws IOException {
    Run run = check(dat(PageBuilder.concat(page(1), page(4).lost())).version6());

    assertThat(run.out()).contains("2,999,995.000  events are missing there\n");
  }

  @Test
  void longListsEndAndSayHowMuchIsMissing() throws IOException {
    PageBuilder[] pages = new PageBuilder[50];
    Arrays.setAll(pages, index -> page(1 + index).lost(1));

    Run run = check(dat(PageBuilder.concat(pages)).version6());

    assertThat(run.out()).contains("... and 30 that are counted but not listed");
  }

  @Test
  void eachFileIsCheckedAndOneThatIsNoTraceFails() throws IOException {
    Path good = Files.write(folder.resolve("good.dat"), dat(page(1).build()).version7());
    Path bad = Files.writeString(folder.resolve("bad.dat"), "no trace at all\n");

    Run run = Run.of("--check", bad.toString(), good.toString());

    run.failed(1, "bad.dat: this is no trace file");
    assertThat(run.out()).contains("good.dat", "trace.dat 7", "all is well");
  }

  @Test
  void jsonHasTheSameFindings() throws IOException {
    byte[] file = dat(PageBuilder.concat(page(1), page(2).lost(7))).version6();
    Path path = Files.write(folder.resolve("trace.bin"), file);

    Run run = Run.of("--check", path.toString(), "--json");

    assertThat(run.exitCode()).isEqualTo(3);
    Map<?, ?> check = files(run).get(0);
    assertThat(check.get("well")).isEqualTo(false);
    Map<?, ?> stream = (Map<?, ?>) ((List<?>) check.get("streams")).get(0);
    assertThat(stream.get("losses"))
        .isEqualTo(
            List.of(
                Map.of(
                    "offset", (long) file.length - PAGE, "time_ns", 2_000_000_000L, "lost", 7L)));
  }

  @Test
  void checkingIsAJobOfItsOwn() {
    Run.of("--check", "a.dat", "-f", "b.dat").failed(2, "-p, -f, --check, --list and --repair");
  }

  private Run check(byte[] file) throws IOException {
    return Run.of("--check", Files.write(folder.resolve("trace.bin"), file).toString());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<?, ?>> files(Run run) {
    return (List<Map<?, ?>>) Json.parseObject(run.out()).get("files");
  }

  private static TraceDatBuilder dat(byte[] pages) {
    return new TraceDatBuilder(PageShape.X86_64).events(KVM).pages(0, pages);
  }

  /** An exit at that second and an entry 5 us later. */
  static PageBuilder page(int second) {
    long time = second * 1_000_000_000L;
    return new PageBuilder(PageShape.X86_64, time)
        .event(time, KVM.exit(100, PlainIsa.VMX, 30, 0x1000, 0))
        .event(time + 5_000, KVM.entry(100, 0x1002, 0, false));
  }
}
