package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmtrace.collect.capture.CaptureSettings;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.TraceDatBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The options of a capture; those that make one are tried in CaptureFaultsTest. */
class CaptureCommandLineTest {
  private static final KvmEvents KVM = KvmEvents.linux61();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-p x | \"x\" is no list of CPUs",
        "-p 1 -f trace.bin | different jobs: give one of them",
        "-p 1 --list | different jobs",
        "-p 1 -s 10x | \"10x\" is no duration",
        "-p 1 -s 0 | -s must be more than 0",
        "-p 1 -c -3 | -c must be 0 or more",
        "-p 1 --helper-cpus= | --helper-cpus names no CPU",
        "-p 1 --max-size 0 | a size must be more than 0",
        "-p 1 --buffer-size 5X | \"5X\" is no size",
        "-p 1 --until-latency 1ms --no-analysis | needs the analysis",
        "-p 1 --until-latency 1ms --clock x86-tsc | needs a clock that counts ns",
        "-p 1,2 --merge --original-format | leave --merge out",
        "-p 1 --exit-event kvm_exit | of the form system:name",
        "-p 1 -o / | -o must name a file",
        "trace.bin | given with -f FILE",
      })
  void wrongUsageIsRefused(String arguments, String message) {
    Run.of(arguments.split(" ", -1)).failed(2, message, "try --help");
  }

  @Test
  void aCpuThatTheMachineDoesNotHaveIsRefused() {
    Run.of("-p", "65535").failed(1, "cannot trace CPU 65535: this machine has CPUs ");
  }

  @Test
  void nativeCodeThatCannotBeLoadedIsNoInternalError() throws Exception {
    List<String> nowhere = List.of("-Djna.nosys=true", "-Djna.nounpack=true");
    try (CollectorProcess collector = CollectorProcess.startWith(nowhere, folder, "-p", "0")) {
      assertThat(collector.exitCode()).isEqualTo(1);
      assertThat(collector.err())
          .startsWith("vm-trace-collect: cannot load the native part of JNA (")
          .contains("-Djna.tmpdir=DIR")
          .hasLineCount(1);
    }
  }

  @Test
  void aKilledCollectorsFileIsRepairedToItsWholePages() throws IOException {
    Path killed = Files.write(folder.resolve("killed"), unfinished(page(1), page(2), page(3)));

    Run repair = Run.of("--repair", killed.toString());

    assertThat(repair.exitCode()).isZero();
    assertThat(repair.err()).isEqualTo("vm-trace-collect: repaired " + killed + ": 2 pages\n");
    Run summary = Run.file(killed);
    assertThat(summary.exitCode()).isZero();
    assertThat(summary.err()).isEmpty();
    assertThat(summary.out()).startsWith("Number of VM events = 4\n");
  }

  private static PageBuilder page(long second) {
    long ns = second * 1_000_000_000;
    return new PageBuilder(PageShape.X86_64, ns)
        .event(ns, KVM.exit(100, PlainIsa.VMX, 30, 0x1000, 0))
        .event(ns + 2_000, KVM.entry(100, 0x1002, 0, false));
  }

  /** A file whose writer died within its last page: CPU 0's size is 0. */
  private static byte[] unfinished(PageBuilder... pages) {
    byte[] whole =
        new TraceDatBuilder(PageShape.X86_64)
            .events(KVM)
            .pages(0, PageBuilder.concat(pages))
            .version6();
    byte[] cut = Arrays.copyOf(whole, whole.length - 100);
    String text = new String(cut, StandardCharsets.ISO_8859_1);
    int table = text.indexOf("flyrecord\0") + "flyrecord\0".length();
    ByteBuffer.wrap(cut).putLong(table + Long.BYTES, 0);
    return cut;
  }

  @Test
  void onlyAFileOfTheCollectorIsRepaired() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "x".repeat(100));
    Run.of("--repair", other.toString()).failed(1, "no trace.dat file of version 6");
    Run.of("--repair", folder.resolve("absent").toString()).failed(1, "there is no such file");
  }

  @Test
  void theListHasAHead() {
    Run run = Run.of("--list");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("GUEST  ").contains("MAY RUN ON", "ISOLATED");
  }

  @Test
  void filesOfSeveralCpusAreNamedAfterTheirCpus() {
    assertThat(outputs("trace.bin", "2")).isEqualTo("trace.bin");
    assertThat(outputs("trace.bin", "2,17")).isEqualTo("trace.cpu2.bin trace.cpu17.bin");
    assertThat(outputs("/a.b/trace", "2-3")).isEqualTo("/a.b/trace.cpu2 /a.b/trace.cpu3");
    assertThat(outputs(".hidden", "2-3")).isEqualTo(".hidden.cpu2 .hidden.cpu3");
    assertThat(outputs("x.tar.bin", "2-3")).isEqualTo("x.tar.cpu2.bin x.tar.cpu3.bin");
  }

  @Test
  void blanksAroundAFilterAreNoPartOfIt() {
    assertThat(settings("-p", "2", "--filter", " vcpu_id == 0\t").filter())
        .isEqualTo("vcpu_id == 0");
  }

  private static CaptureSettings settings(String... arguments) {
    CommandSpec command = CommandSpec.create();
    CaptureOptions options = new CaptureOptions(command);
    new CommandLine(command).parseArgs(arguments);
    return options.toSettings(0, options.traced(), null, null);
  }

  private static String outputs(String output, String cpus) {
    CaptureSettings settings = settings("-p", cpus, "-o", output);
    return String.join(
        " ",
        settings.traced().stream()
            .mapToObj(cpu -> settings.outputOf(cpu).toString())
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"10, 10000000000", "1.5, 1500000000", "90s, 90000000000", "5m, 300000000000"})
  void durationsWithoutAUnitAreSeconds(String text, long ns) {
    assertThat(new SecondsConverter().convert(text)).isEqualTo(ns);
  }
}
