package org.vmtrace.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.cli.Program;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.OriginalFile;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.TraceDatBuilder;
import picocli.CommandLine;

/** What {@code -v} prints, line by line. */
class EventListingTest {
  private static final KvmEvents KVM = KvmEvents.linux61();
  private static final long START = 658_185_578_315L;

  @TempDir Path folder;

  @Test
  void everyEventHasALineWithItsFields() throws IOException {
    byte[] page =
        page(START)
            .event(START, KVM.exit(135, PlainIsa.SVM, 0x400, 0x1000, 3))
            .event(START + 1_473, KVM.other(7))
            .event(START + 3_277, KVM.entry(135, 0x1002, 3, true))
            .build();

    Run run =
        Run.file(write(file().comm(135, "vcpu0").comm(7, "kworker/0:0").pages(12, page)), "-v");

    assertThat(run.events())
        .containsExactly(
            "   658.185578315 [012] vcpu0-135        kvm_exit reason=npf exit_reason=1024"
                + " guest_rip=0x1000 isa=2 info1=0x0 info2=0x0 intr_info=0 error_code=0 vcpu_id=3",
            "   658.185579788 [012] kworker/0:0-7    kvm_fpu load=1",
            "   658.185581592 [012] vcpu0-135        kvm_entry latency=3.277us vcpu_id=3 rip=0x1002"
                + " immediate_exit=1");
    assertThat(run.lines()).contains("Number of VM events = 2");
  }

  @Test
  void cpusAreMergedByTime() throws IOException {
    TraceDatBuilder file =
        file()
            .pages(0, page(100).event(100, KVM.other(1)).event(300, KVM.other(2)).build())
            .pages(1, page(200).event(200, KVM.other(3)).event(400, KVM.other(4)).build());

    assertThat(Run.file(write(file), "-v").events())
        .extracting(line -> line.substring(7, 36).strip())
        .containsExactly(
            "000000100 [000] <...>-1",
            "000000200 [001] <...>-3",
            "000000300 [000] <...>-2",
            "000000400 [001] <...>-4");
  }

  @Test
  void lossesHaveLinesOfTheirOwnBeforeTheirCpusNextEvent() throws IOException {
    byte[] counted =
        PageBuilder.concat(
            page(100).event(100, KVM.other(1)), page(300).lost(4_620).event(300, KVM.other(2)));
    byte[] uncounted =
        PageBuilder.concat(
            page(200).event(200, KVM.other(3)), page(250).lost().event(400, KVM.other(4)));

    List<String> events =
        Run.file(write(file().pages(0, counted).pages(1, uncounted)), "-v").events();

    assertThat(events).hasSize(6);
    assertThat(events.get(1)).contains("[001] <...>-3");
    assertThat(events.get(2)).isEqualTo("CPU 0: LOST 4620 EVENTS");
    assertThat(events.get(3)).contains("[000] <...>-2");
    assertThat(events.get(4)).isEqualTo("CPU 1: LOST an unknown number of events");
    assertThat(events.get(5)).contains("[001] <...>-4");
  }

  @Test
  void noLatencySpansALoss() throws IOException {
    byte[] pages =
        PageBuilder.concat(
            page(100).event(100, KVM.exit(9, PlainIsa.SVM, 0x7b, 0, 0)),
            page(300).lost().event(300, KVM.entry(9, 0, 0, false)));

    assertThat(Run.file(write(file().pages(0, pages)), "-v").out()).doesNotContain("latency=");
  }

  @Test
  void aThreadThatChangesItsCpuKeepsItsLatency() throws IOException {
    TraceDatBuilder file =
        file()
            .pages(0, page(100).event(100, KVM.exit(9, PlainIsa.SVM, 0x7b, 0, 0)).build())
            .pages(1, page(200).event(2_100, KVM.entry(9, 0, 0, false)).build());

    assertThat(Run.file(write(file), "-v").events().get(1))
        .contains("[001]", "kvm_entry latency=2.000us");
  }

  @Test
  void cyclesStayWhatTheyAre() throws IOException {
    byte[] page =
        page(START)
            .event(START, KVM.exit(9, PlainIsa.SVM, 0x7b, 0, 0))
            .event(START + 2_100, KVM.entry(9, 0, 0, false))
            .build();

    List<String> events = Run.file(write(file().clock("x86-tsc").pages(0, page)), "-v").events();

    assertThat(events.get(0)).startsWith("658185578315 [000] ");
    assertThat(events.get(1)).startsWith("658185580415 [000] ").contains("latency=2100cycles");
  }

  @Test
  void stringsBehindTheStructAreShown() throws IOException {
    byte[] page = page(100).event(100, KVM.message(9, "hello \u001b[31m\"you\"")).build();

    assertThat(Run.file(write(file().pages(0, page)), "-v").events().get(0))
        .endsWith("console msg=\"hello \\u001b[31m\\\"you\\\"\"");
  }

  @Test
  void namesOfThreadsCannotReachTheTerminal() throws IOException {
    byte[] page = page(100).event(100, KVM.other(9)).build();

    Run run = Run.file(write(file().comm(9, "a\u001b[2Jb\u009bc").pages(0, page)), "-v");

    assertThat(run.events().get(0)).contains("a\\u001b[2Jb\\u009bc-9");
    assertThat(run.out().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
  }

  @Test
  void withoutFormatsWhatIsKnownIsShown() throws IOException {
    byte[] page =
        page(START)
            .event(START, KVM.exit(9, PlainIsa.SVM, 0x78, 0x1000, 2))
            .event(START + 3_000, KVM.entry(9, 0x1002, 2, false))
            .build();
    Path file =
        Files.write(
            folder.resolve("trace.bin"), OriginalFile.of(KVM.entry().id(), KVM.exit().id(), page));

    assertThat(Run.file(file, "-v").events())
        .containsExactly(
            "   658.185578315 [000] <...>-9          kvm_exit reason=hlt rip=0x1000 vcpu=2",
            "   658.185581315 [000] <...>-9          kvm_entry latency=3.000us rip=0x1002 vcpu=2");
  }

  @Test
  void eachRecordingHasAHeading() throws IOException {
    byte[] page = page(100).event(100, KVM.other(1)).build();
    Path file = write(file().pages(0, page).pages("side", 0, page));

    assertThat(Run.file(file, "-v").events())
        .extracting(line -> line.startsWith("# ") ? line : "event")
        .containsExactly("# trace.dat", "event", "# trace.dat:side", "event");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() throws Exception {
    PageBuilder page = page(100);
    while (page.fits(100, KVM.other(1))) {
      page.event(100, KVM.other(1));
    }
    PageBuilder[] pages = new PageBuilder[100];
    Arrays.fill(pages, page);
    Path file = write(file().pages(0, PageBuilder.concat(pages)));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                VmTraceCollect.class.getName(),
                "-f",
                file.toString(),
                "-v")
            .start();

    try (BufferedReader reader = process.inputReader()) {
      assertThat(reader.readLine()).contains("kvm_fpu");
    }

    assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aFullDiskIsAFailure() throws IOException {
    Path file = write(file().pages(0, page(100).event(100, KVM.other(1)).build()));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    StringWriter err = new StringWriter();
    CommandLine program =
        Program.of(new VmTraceCollect(full).command()).setErr(new PrintWriter(err, true));

    assertThat(Program.run(program, "-f", file.toString(), "-v")).isEqualTo(1);
    assertThat(err).hasToString("vm-trace-collect: No space left on device\n");
  }

  private static TraceDatBuilder file() {
    return new TraceDatBuilder(PageShape.X86_64).events(KVM);
  }

  private static PageBuilder page(long stamp) {
    return new PageBuilder(PageShape.X86_64, stamp);
  }

  private Path write(TraceDatBuilder file) throws IOException {
    return Files.write(folder.resolve("trace.dat"), file.version6());
  }
}
