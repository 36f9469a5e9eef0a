package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vmtrace.testkit.PlainAnalysis.Options;
import org.vmtrace.testkit.PlainCounts.Count;

/** The numbers of design section 3, by hand. */
class PlainAnalysisTest {
  private static final KvmEvents KVM = KvmEvents.linux61();
  private static final long IO = 0x7b;
  private static final long HLT = 0x78;

  @Test
  void exitIsPairedWithTheNextEntryOfItsThread() {
    PlainAnalysis analysis =
        analyse(stream(0, page(exit(10, 1), exit(11, 2), entry(14, 1), entry(18, 2))));
    assertThat(analysis.latencies()).extracting(PlainLatency::latencyNs).containsExactly(4L, 7L);
  }

  @Test
  void secondExitReplacesTheFirstAndSecondEntryHasNone() {
    PlainAnalysis analysis =
        analyse(stream(0, page(exit(10, 1), exit(12, 1), entry(15, 1), entry(19, 1), exit(20, 1))));
    assertThat(analysis.latencies()).extracting(PlainLatency::latencyNs).containsExactly(3L);
    assertThat(analysis.counts().get(Count.UNPAIRED_EXITS)).isEqualTo(1);
    assertThat(analysis.counts().get(Count.UNPAIRED_ENTRIES)).isEqualTo(1);
    assertThat(analysis.counts().get(Count.OPEN_AT_END)).isEqualTo(1);
  }

  @Test
  void lossDropsTheOpenExitsOfItsStreamOnly() {
    PageBuilder lossy = page(entry(20, 1)).lost(5);
    PlainAnalysis analysis =
        analyse(stream(0, page(exit(10, 1)), lossy), stream(1, page(exit(11, 2), entry(22, 2))));
    assertThat(analysis.latencies()).extracting(PlainLatency::pid).containsExactly(2);
    assertThat(analysis.counts().get(Count.DROPPED_BY_LOSS)).isEqualTo(1);
    assertThat(analysis.counts().get(Count.UNPAIRED_ENTRIES)).isEqualTo(1);
    assertThat(analysis.counts().get(Count.LOST)).isEqualTo(5);
    assertThat(analysis.counts().get(Count.LOST_PLACES)).isEqualTo(1);
  }

  @Test
  void damageCutsLikeALossEvenAtTheEnd() {
    PageBuilder bad = page(exit(10, 1)).word(0, 0).rawInt(0);
    PlainAnalysis analysis = analyse(stream(0, bad));
    assertThat(analysis.counts().get(Count.DROPPED_BY_LOSS)).isEqualTo(1);
    assertThat(analysis.counts().get(Count.OPEN_AT_END)).isZero();
    assertThat(analysis.counts().get(Count.DAMAGED_PAGES)).isEqualTo(1);
  }

  @Test
  void stepBackCutsPairsAndBeginsTheSlidingWindowAfresh() {
    PlainAnalysis analysis =
        analyse(
            stream(
                0,
                page(exit(100, 1), entry(140, 1), exit(150, 1)),
                page(entry(120, 1), exit(121, 1), entry(131, 1))));
    assertThat(analysis.counts().get(Count.STEPS_BACK)).isEqualTo(1);
    assertThat(analysis.counts().get(Count.DROPPED_BY_LOSS)).isEqualTo(1);
    assertThat(analysis.latencies()).extracting(PlainLatency::latencyNs).containsExactly(40L, 10L);
    assertThat(analysis.all().maxWithinWindow().valueNs()).isEqualTo(40);
    assertThat(analysis.all().maxTumblingWindow().valueNs()).isEqualTo(50);
  }

  @Test
  void slidingWindowIsOpenAtItsStartAndClosedAtItsEnd() {
    // latencies 3, 4, 5 with entries at 100, 150 and 200: (100, 200] holds the last two
    PlainStream stream =
        stream(
            0,
            page(
                exit(97, 1),
                entry(100, 1),
                exit(146, 1),
                entry(150, 1),
                exit(195, 1),
                entry(200, 1)));
    assertThat(analyse(100, stream).all().maxWithinWindow())
        .isEqualTo(new PlainPeak(9, 200, new PlainThread("r", 1, -1)));
    assertThat(analyse(101, stream).all().maxWithinWindow().valueNs()).isEqualTo(12);
  }

  @Test
  void tumblingWindowHoldsTheLatenciesWhoseEntriesLieInIt() {
    PlainStream stream =
        stream(
            0,
            page(
                exit(90, 1, IO),
                entry(99, 1),
                exit(99, 1, HLT),
                entry(100, 1),
                exit(101, 1, IO),
                entry(103, 1)));
    assertThat(analyse(100, stream).windows())
        .containsExactly(
            new PlainWindow("r", "", 1, "", 0, 1, 9, 9, 1, 9, 9),
            new PlainWindow("r", "", 1, "", 100, 2, 3, 2, 1, 2, 2));
  }

  @Test
  void busyNumbersLeaveIdleReasonsOut() {
    PlainAnalysis analysis =
        analyse(
            stream(0, page(exit(10, 1, HLT), entry(1010, 1), exit(1020, 1, IO), entry(1023, 1))));
    assertThat(analysis.all().sumNs()).isEqualTo(1003);
    assertThat(analysis.busy().sumNs()).isEqualTo(3);
    assertThat(analysis.busy().maxWithinWindow().valueNs()).isEqualTo(3);
    assertThat(analysis.reasons())
        .containsExactly(
            new PlainAnalysis.Reason(PlainIsa.SVM, HLT, true, 1, 1000, 1000, 1000),
            new PlainAnalysis.Reason(PlainIsa.SVM, IO, false, 1, 3, 3, 3));
  }

  @Test
  void excludedLatenciesAreOnlyCounted() {
    PlainStream stream =
        stream(0, page(exit(10, 1, HLT), entry(1010, 1), exit(1020, 1, IO), entry(1023, 1)));
    PlainAnalysis analysis =
        PlainAnalysis.of(
            List.of(PlainRecording.of("r", List.of(stream))),
            new Options(100, latency -> latency.code() == HLT, 10));
    assertThat(analysis.counts().get(Count.EXCLUDED)).isEqualTo(1);
    assertThat(analysis.counts().get(Count.LATENCIES)).isEqualTo(1);
    assertThat(analysis.all().sumNs()).isEqualTo(3);
    assertThat(analysis.counts().balanced()).isTrue();
  }

  @Test
  void meanIsRoundedHalfUp() {
    PlainStream half = stream(0, page(exit(1, 1), entry(3, 1), exit(3, 1), entry(6, 1)));
    assertThat(analyse(half).all().meanNs()).isEqualTo(3); // (2 + 3) / 2
    PlainStream below =
        stream(0, page(exit(1, 1), entry(2, 1), exit(2, 1), entry(3, 1), exit(3, 1), entry(5, 1)));
    assertThat(analyse(below).all().meanNs()).isEqualTo(1); // (1 + 1 + 2) / 3
  }

  @Test
  void ofEqualLatenciesTheEarlierEntryWinsThenTheSmallerThread() {
    PlainAnalysis analysis =
        analyse(
            stream(
                0,
                page(
                    exit(10, 2),
                    exit(10, 1),
                    entry(15, 2),
                    entry(15, 1),
                    exit(20, 1),
                    entry(25, 1))));
    assertThat(analysis.worst()).extracting(PlainLatency::pid).containsExactly(1, 2, 1);
    assertThat(analysis.all().max().entryTimeNs()).isEqualTo(15);
  }

  @Test
  void threadThatMovedIsPairedInTheOrderOfTime() {
    PlainAnalysis analysis =
        analyse(
            stream(0, page(exit(10, 1), exit(30, 1))), stream(1, page(entry(14, 1), entry(39, 1))));
    assertThat(analysis.movedThreads()).containsExactly(new PlainThread("r", 1, -1));
    assertThat(analysis.latencies()).extracting(PlainLatency::latencyNs).containsExactly(4L, 9L);
    assertThat(analysis.latencies()).extracting(PlainLatency::cpu).containsOnly(1);
  }

  @Test
  void lossOnAnyStreamDropsThePairsOfMovedThreadsThatItOverlaps() {
    // CPU 2 lost events between 20 (its last event) and 40 (the stamp of the flagged page)
    PageBuilder flagged = page(entry(40, 9)).lost();
    PlainAnalysis analysis =
        analyse(
            stream(0, page(exit(10, 1), exit(18, 1), exit(41, 1))),
            stream(1, page(entry(15, 1), entry(21, 1), entry(44, 1))),
            stream(2, page(exit(20, 9)), flagged));
    assertThat(analysis.latencies())
        .extracting(PlainLatency::entryTimeNs)
        .containsExactly(15L, 44L);
    assertThat(analysis.counts().get(Count.DROPPED_BY_LOSS)).isEqualTo(2);
    assertThat(analysis.counts().get(Count.UNPAIRED_ENTRIES)).isEqualTo(2);
  }

  @Test
  void damageLastsForMovedThreadsUntilTheNextReadablePage() {
    PageBuilder bad = page(exit(20, 9)).word(0, 0).rawInt(0);
    PageBuilder unreadable = page(exit(25, 9)).falseLength(5000);
    PlainAnalysis analysis =
        analyse(
            stream(0, page(exit(10, 1), exit(28, 1), exit(31, 1))),
            stream(1, page(entry(15, 1), entry(29, 1), entry(33, 1))),
            stream(2, bad, unreadable, page(exit(30, 9))));
    assertThat(analysis.latencies())
        .extracting(PlainLatency::entryTimeNs)
        .containsExactly(15L, 33L);
  }

  @Test
  void idleThreadIsOnePerCpu() {
    PlainAnalysis analysis =
        analyse(
            stream(0, page(exit(10, 0), entry(14, 0))), stream(1, page(exit(11, 0), entry(12, 0))));
    assertThat(analysis.movedThreads()).isEmpty();
    assertThat(analysis.threads())
        .extracting(PlainAnalysis.ThreadRow::thread)
        .containsExactly(new PlainThread("r", 0, 0), new PlainThread("r", 0, 1));
  }

  @Test
  void samePidInTwoRecordingsIsTwoThreads() {
    PlainStream first = stream(0, page(exit(10, 1)));
    PlainStream second = stream(1, page(entry(14, 1)));
    PlainAnalysis analysis =
        PlainAnalysis.of(
            List.of(
                PlainRecording.of("a", List.of(first)), PlainRecording.of("b", List.of(second))),
            Options.window(100));
    assertThat(analysis.latencies()).isEmpty();
    assertThat(analysis.threads()).hasSize(2);
  }

  private record Timed(long time, boolean isExit, int pid, long code) {
    byte[] payload() {
      return isExit
          ? KVM.exit(pid, PlainIsa.SVM, code, 0x1000, 0)
          : KVM.entry(pid, 0x1000, 0, false);
    }
  }

  private static Timed exit(long time, int pid) {
    return exit(time, pid, IO);
  }

  private static Timed exit(long time, int pid, long code) {
    return new Timed(time, true, pid, code);
  }

  private static Timed entry(long time, int pid) {
    return new Timed(time, false, pid, 0);
  }

  private static PageBuilder page(Timed... events) {
    PageBuilder page = new PageBuilder(PageShape.X86_64, events[0].time());
    Stream.of(events).forEach(event -> page.event(event.time(), event.payload()));
    return page;
  }

  private static PlainStream stream(int cpu, PageBuilder... pages) {
    return PlainDecoder.of(PageShape.X86_64, KVM).stream(cpu, PageBuilder.concat(pages));
  }

  private static PlainAnalysis analyse(PlainStream... streams) {
    return analyse(1_000_000, streams);
  }

  private static PlainAnalysis analyse(long windowNs, PlainStream... streams) {
    PlainAnalysis analysis =
        PlainAnalysis.of(
            List.of(PlainRecording.of("r", List.of(streams))), Options.window(windowNs));
    assertThat(analysis.counts().balanced()).isTrue();
    return analysis;
  }
}
