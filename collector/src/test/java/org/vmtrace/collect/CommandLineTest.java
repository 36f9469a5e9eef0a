package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.Json;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.OriginalFile;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.TraceDatBuilder;

class CommandLineTest {
  private static final KvmEvents KVM = KvmEvents.linux61();

  @TempDir Path folder;

  @Test
  void helpShowsExamplesAndExitCodes() {
    Run run = Run.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Usage: vm-trace-collect ")
        .contains("Examples:", "vm-trace-collect -f trace.bin", "Exit codes: 0 done");
    assertThat(run.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(Run.of("--version").out()).startsWith("vm-trace-collect ").hasLineCount(1);
  }

  @Test
  void withoutAJobItSaysWhatToGive() {
    Run.of().failed(2, "a trace with -f FILE", "try --help");
  }

  @Test
  void wrongValuesAreWrongUsage() throws IOException {
    Path file = trace();
    Run.file(file, "--windw=1ms").failed(2, "'--windw=1ms' (did you mean --window?); try --help");
    Run.file(file, "--window=5").failed(2, "\"5\" is no duration");
    Run.file(file, "--threads=0").failed(2, "--threads must be 1 or more");
    Run.file(file, "--top=x").failed(2, "--top");
    Run.file(file, "--top=-1").failed(2, "--top must be 0 or more, not -1");
    Run.file(file, "--exit-event=kvm_exit").failed(2, "of the form system:name");
    Run.file(file, "--page-size=4095").failed(2, "--page-size");
  }

  @Test
  void optionsThatWouldBeIgnoredAreWrongUsage() throws IOException {
    Path file = trace();
    Run.file(file, "-o", "copy.bin").failed(2, "--output is for captures, with -p");
    Run.file(file, "-s", "3").failed(2, "--seconds is for captures, with -p");
    Run.of("--check", file.toString(), "--merge").failed(2, "--merge is for captures");
    Run.of("--list", "--json").failed(2, "--list and --repair have no JSON");
    Run.of("-p", "0", "--no-analysis", "--json").failed(2, "--no-analysis leaves out");
  }

  @Test
  void anEmptyNameIsNotTheCurrentFolder() {
    Run.of("-f", "").failed(1, "the name of a trace is empty");
  }

  @Test
  void aDeviceIsRefusedBeforeItIsRead() {
    Run.of("-f", "/dev/zero").failed(1, "/dev/zero: a pipe or device");
  }

  @Test
  void aSummaryIsPrintedAndNothingElse() throws IOException {
    Run run = Run.file(trace());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(
            """
            Number of VM events = 6
            Average VM Exit-Entry latency = 3us
            Maximum VM Exit-Entry latency = 5us
            Maximum cumulative latency within 1ms = 8us
            """);
  }

  @Test
  void blanksAfterCommasAreNoPartOfAReason() throws IOException {
    Path file = trace();
    assertThat(Run.file(file, "--exclude-reason=io, hlt", "--json").out())
        .isEqualTo(Run.file(file, "--exclude-reason=io,hlt", "--json").out())
        .isNotEqualTo(Run.file(file, "--exclude-reason=io", "--json").out());
  }

  @Test
  void windowTopAndExcludedReasonsReachTheAnalysis() throws IOException {
    Run run = Run.file(trace(), "--window=5us", "--top=1", "--exclude-reason=hlt", "--json");

    var json = Json.parseObject(run.out());
    assertThat(json).containsEntry("window_ns", 5_000L);
    assertThat(json.get("worst").toString()).contains("latency_ns=5000").doesNotContain("3500");
    assertThat(json.get("pairing").toString()).contains("excluded=1");
  }

  @Test
  void jsonStandsAlone() throws IOException {
    Run run = Run.file(trace(), "--json", "-v");

    assertThat(run.out()).startsWith("{\n").endsWith("}\n");
    assertThat(Json.parseObject(run.out())).containsEntry("schema_version", 1L);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBytes() throws IOException {
    Path file = trace();

    assertThat(Run.file(file, "--json", "--threads", "5").out())
        .isEqualTo(Run.file(file, "--json", "--threads", "1").out());
  }

  @Test
  void severalFilesAreAnalysedTogether() throws IOException {
    Path one = Files.write(folder.resolve("one.dat"), Files.readAllBytes(trace()));
    Path two = Files.write(folder.resolve("two.dat"), Files.readAllBytes(trace()));

    Run run = Run.of("-f", one.toString(), two.toString());

    assertThat(run.out()).startsWith("Number of VM events = 12\n").contains("2 recordings");
    assertThat(Run.of("-f", one.toString(), "-f", two.toString())).isEqualTo(run);
  }

  @Test
  void folderStandsForAllTracesBelowItThatAreNotHidden() throws IOException {
    byte[] trace = Files.readAllBytes(trace());
    Path host = Files.createDirectories(folder.resolve("fleet/host1"));
    Files.write(folder.resolve("fleet/one.dat"), trace);
    Files.write(host.resolve("two.dat"), trace);
    Files.write(host.resolve(".three.dat"), trace);
    Files.write(Files.createDirectory(host.resolve("_temporary")).resolve("four.dat"), trace);

    Run run = Run.file(folder.resolve("fleet"));

    assertThat(run.out()).startsWith("Number of VM events = 12\n").contains("2 recordings");
  }

  @Test
  void linkedFoldersAreFollowedButNotInCircles() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.write(elsewhere.resolve("one.dat"), Files.readAllBytes(trace()));
    Path fleet = Files.createDirectory(folder.resolve("fleet"));
    Files.createSymbolicLink(fleet.resolve("host"), elsewhere);
    Files.createSymbolicLink(fleet.resolve("again"), elsewhere);
    Files.createSymbolicLink(elsewhere.resolve("back"), elsewhere);

    assertThat(Run.file(fleet).out()).isEqualTo(Run.file(elsewhere.resolve("one.dat")).out());
  }

  @Test
  void traceIsReadOnceByHoweverManyNames() throws IOException {
    Path trace = trace();
    Path link = Files.createSymbolicLink(folder.resolve("link.dat"), trace);

    Run run = Run.of("-f", trace.toString(), link.toString(), folder.toString());

    assertThat(run.out()).isEqualTo(Run.file(trace).out());
  }

  @Test
  void lostEventsMatterOnlyIfStrict() throws IOException {
    Path file =
        Files.write(
            folder.resolve("lossy.dat"),
            dat(new PageBuilder(PageShape.X86_64, 1_000).lost(7).build()));

    assertThat(Run.file(file).exitCode()).isZero();
    Run.file(file, "--strict").failed(3, "events were lost");
  }

  @Test
  void anotherPairIsMeasuredAndGroupedByAField() throws IOException {
    EventShape enter = KVM.entry().named("kvm_hv", "kvm_guest_enter");
    EventShape exit =
        EventShape.event("kvm_hv", "kvm_guest_exit", KVM.exit().id())
            .field("int trap", 4, true)
            .print("\"trap %d\", REC->trap");
    byte[] left = exit.payload(KVM.order(), java.util.Map.of("common_pid", 9L, "trap", 0x500L));
    byte[] page =
        new PageBuilder(PageShape.X86_64, 1_000)
            .event(1_000, left)
            .event(4_000, KVM.entry(9, 0, 0, false))
            .build();
    byte[] file =
        new TraceDatBuilder(PageShape.X86_64).event(exit).event(enter).pages(0, page).version6();

    Run run =
        Run.file(
            Files.write(folder.resolve("ppc.dat"), file),
            "--exit-event=kvm_hv:kvm_guest_exit",
            "--entry-event=kvm_hv:kvm_guest_enter",
            "--reason-field=trap");

    assertThat(run.out()).contains("Maximum VM Exit-Entry latency = 3us").contains("0x500");
  }

  @Test
  void barePagesAreReadWithTheFormatsOfAFolder() throws IOException {
    Path formats = formats(KVM);
    Path pages = Files.write(folder.resolve("cpu3.raw"), pages());

    Run run = Run.file(pages, "--event-formats=" + formats);

    assertThat(run.out()).startsWith("Number of VM events = 6\n").contains("HLT");
    assertThat(Run.file(pages).exitCode()).isEqualTo(1);
  }

  @Test
  void pagesOfAnotherSizeAreReadAsTold() throws IOException {
    PageShape large = PageShape.of(16_384, KVM.order());
    byte[] pages =
        PageBuilder.concat(
            new PageBuilder(large, 1_000).event(1_000, KVM.exit(1, PlainIsa.SVM, 0x7b, 0, 0)),
            new PageBuilder(large, 2_000).event(2_000, KVM.entry(1, 0, 0, false)));

    Run run =
        Run.file(
            Files.write(folder.resolve("cpu0.raw"), pages),
            "--event-formats=" + formats(KVM),
            "--page-size=16KiB");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Number of VM events = 2\n");
  }

  @Test
  void theOriginalsFileIsRead() throws IOException {
    byte[] file = OriginalFile.of(KVM.entry().id(), KVM.exit().id(), pages());

    Run run = Run.file(Files.write(folder.resolve("trace.bin"), file));

    assertThat(run.out())
        .startsWith("Number of VM events = 6\nAverage VM Exit-Entry latency = 3us\n")
        .contains("HLT");
  }

  @Test
  void oneBufferIsPicked() throws IOException {
    byte[] file =
        new TraceDatBuilder(PageShape.X86_64)
            .events(KVM)
            .pages(0, pages())
            .pages("side", 0, new PageBuilder(PageShape.X86_64, 1).build())
            .version6();
    Path path = Files.write(folder.resolve("two.dat"), file);

    assertThat(Run.file(path).out()).contains("2 recordings");
    assertThat(Run.file(path, "--buffer=side").out()).startsWith("Number of VM events = 0\n");
    Run.file(path, "--buffer=none").failed(1, "there is no buffer none", "side");
  }

  private Path formats(KvmEvents kvm) throws IOException {
    Path formats = folder.resolve("formats");
    for (EventShape event : kvm.all()) {
      Path place = formats.resolve(event.system()).resolve(event.name());
      Files.createDirectories(place);
      Files.writeString(place.resolve("format"), event.formatText());
    }
    return formats;
  }

  private Path trace() throws IOException {
    return Files.write(folder.resolve("trace.dat"), dat(pages()));
  }

  private static byte[] dat(byte[] pages) {
    return new TraceDatBuilder(PageShape.X86_64)
        .events(KVM)
        .comm(100, "CPU 0/KVM")
        .pages(0, pages)
        .version6();
  }

  /** Three pairs: IO 5 us, HLT 3.5 us, and 2 ms later IO 1 us; 9.5 us in all. */
  private static byte[] pages() {
    long start = 1_000_000_000L;
    return new PageBuilder(PageShape.X86_64, start)
        .event(start, KVM.exit(100, PlainIsa.VMX, 30, 0x1000, 0))
        .event(start + 5_000, KVM.entry(100, 0x1002, 0, false))
        .event(start + 10_000, KVM.exit(100, PlainIsa.VMX, 12, 0x1002, 0))
        .event(start + 13_500, KVM.entry(100, 0x1003, 0, false))
        .event(start + 2_000_000, KVM.exit(100, PlainIsa.VMX, 30, 0x1000, 0))
        .event(start + 2_001_000, KVM.entry(100, 0x1002, 0, false))
        .build();
  }
}
