package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.testkit.KernelText.Lost;

/** The reference decoder agrees with {@code trace-cmd report} to the nanosecond. */
class TraceCmdAgreementTest {
  @BeforeAll
  static void needsTheRecordings() {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
  }

  static Stream<SharedTraces.Recording> recordings() {
    return SharedTraces.list().stream().filter(recording -> recording.report().isPresent());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("recordings")
  void everyBufferAndCpuHoldsWhatTheReportSays(SharedTraces.Recording recording) {
    PlainTraceDat trace = PlainTraceDat.read(recording.traceDat(), Zstd::unpack);
    PrintedEvents print = new PrintedEvents(trace);
    KernelText.Round report = KernelText.parse(recording.report().orElseThrow()).get(0);
    int compared = 0;
    for (PlainRecording buffer : trace.recordings("x")) {
      String prefix = buffer.name().equals("x") ? "" : buffer.name().substring("x:".length());
      for (PlainStream stream : buffer.streams()) {
        List<String> printed =
            report.events().stream()
                .filter(text -> text.cpu() == stream.cpu() && text.buffer().equals(prefix))
                .map(PrintedEvents::brief)
                .toList();
        assertThat(stream.events().stream().map(print::brief).toList()).isEqualTo(printed);
        compared += printed.size();
      }
    }
    assertThat(compared).isEqualTo(report.events().size());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("recordings")
  void lossesStandWhereTheReportHasThem(SharedTraces.Recording recording) {
    PlainTraceDat trace = PlainTraceDat.read(recording.traceDat(), Zstd::unpack);
    KernelText.Round report = KernelText.parse(recording.report().orElseThrow()).get(0);
    List<String> printed = new ArrayList<>();
    for (Lost lost : report.losses()) {
      TextEvent next =
          report.events().stream()
              .skip(lost.before())
              .filter(text -> text.cpu() == lost.cpu())
              .findFirst()
              .orElseThrow();
      printed.add(lost.count() + " on CPU " + lost.cpu() + " before " + next.timeUnits());
    }
    List<String> flagged = new ArrayList<>();
    for (PlainStream stream : trace.recordings("x").get(0).streams()) {
      for (PlainPage page : stream.pages()) {
        if (page.lost()) {
          long first = page.events().get(0).timeNs();
          flagged.add(page.lostCount() + " on CPU " + stream.cpu() + " before " + first);
        }
      }
    }
    assertThat(flagged).containsExactlyInAnyOrderElementsOf(printed);
  }
}
