package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vmtrace.recording.Story.HLT;
import static org.vmtrace.recording.Story.IO;
import static org.vmtrace.recording.Story.MSR;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.latency.Latency;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.summary.Summary;

/** Every story is analysed with one page a split, so that all of these hold across splits too. */
class PairingTest {
  private static final int THREAD = 101;
  private static final int OTHER_THREAD = 102;

  @TempDir Path folder;

  private static List<Long> latencies(Summary summary) {
    return summary.worst().stream().map(row -> row.latency().latency()).toList();
  }

  @Test
  void anEntryClosesTheExitBeforeIt() throws Exception {
    Summary summary = new Story().exit(THREAD, 100).entry(THREAD, 130).summary(folder);
    assertThat(summary.worst()).hasSize(1);
    Latency latency = summary.worst().get(0).latency();
    assertThat(latency.exitTime()).isEqualTo(100);
    assertThat(latency.entryTime()).isEqualTo(130);
    assertThat(latency.thread()).isEqualTo(THREAD);
    assertThat(latency.code()).isEqualTo(IO);
    assertThat(latency.instructionPointer()).isEqualTo(0x1000 + 100);
  }

  @Test
  void aThreadRunsTheVcpuThatItsLastExitNames() throws Exception {
    Story story = new Story();
    story.vcpu(3).exit(THREAD, 1000).entry(THREAD, 1100).page();
    story.vcpu(1).exit(THREAD, 1200).page();
    story.vcpu(2).exit(THREAD, 1300).vcpu(0).entry(THREAD, 1400).page();
    story.entry(THREAD, 1500);
    assertThat(story.summary(folder).threads().get(0).vcpu()).isEqualTo(2);
  }

  @Test
  void whereThereAreNoExitsTheFirstEntryNamesTheVcpu() throws Exception {
    Story story = new Story();
    story.vcpu(3).entry(THREAD, 1100).page();
    story.vcpu(1).entry(THREAD, 1200);
    assertThat(story.summary(folder).threads().get(0).vcpu()).isEqualTo(3);
  }

  @Test
  void threadsThatShareACpuArePairedApart() throws Exception {
    Summary summary =
        new Story()
            .exit(THREAD, 100)
            .exit(OTHER_THREAD, 110)
            .entry(THREAD, 150)
            .entry(OTHER_THREAD, 210)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(100L, 50L);
  }

  @Test
  void anyNumberOfThreadsMayShareACpu() throws Exception {
    Story story = new Story();
    for (int thread = 1; thread <= 40; thread++) {
      story.exit(thread, 1000 + thread);
    }
    story.page();
    for (int thread = 1; thread <= 40; thread++) {
      story.entry(thread, 2000 + 2 * thread);
    }
    Summary summary = story.summary(folder);

    assertThat(summary.threads()).hasSize(40);
    assertThat(summary.all().sum()).isEqualTo(40 * 1000 + 820);
    assertThat(summary.pairing().unpairedEntries()).isZero();
  }

  @Test
  void ofEqualLatenciesOfTwoIdleThreadsThatOfTheSmallerReasonCodeIsTheLongest() throws Exception {
    Summary summary =
        new Story()
            .on(0)
            .exit(0, 100, Story.MSR)
            .entry(0, 140)
            .on(1)
            .exit(0, 100, Story.IO)
            .entry(0, 140)
            .summary(folder);
    assertThat(summary.all().max().latency().code()).isEqualTo(Story.IO);
    assertThat(summary.all().max().latency()).isEqualTo(summary.worst().get(0).latency());
  }

  @Test
  void anExitReplacesAnOpenExit() throws Exception {
    Summary summary =
        new Story().exit(THREAD, 100).page().exit(THREAD, 120).entry(THREAD, 125).summary(folder);
    assertThat(latencies(summary)).containsExactly(5L);
    assertThat(summary.pairing().unpairedExits()).isEqualTo(1);
  }

  @Test
  void anEntryWithoutAnOpenExitIsUnpaired() throws Exception {
    Summary summary =
        new Story()
            .entry(THREAD, 90)
            .exit(THREAD, 100)
            .page()
            .entry(THREAD, 101)
            .page()
            .entry(THREAD, 110)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(1L);
    assertThat(summary.pairing().unpairedEntries()).isEqualTo(2);
  }

  @Test
  void entryAfterALossMakesNoLatency() throws Exception {
    Summary summary = new Story().exit(THREAD, 100).loss().entry(THREAD, 900).summary(folder);
    assertThat(latencies(summary)).isEmpty();
    PairingCounts pairing = summary.pairing();
    assertThat(pairing.droppedByLoss()).isEqualTo(1);
    assertThat(pairing.unpairedEntries()).isEqualTo(1);
    assertThat(summary.events().lost()).isEqualTo(7);
    assertThat(summary.events().lostPlaces()).isEqualTo(1);
  }

  @Test
  void aLossDropsTheOpenExitsOfAllThreadsOfItsStream() throws Exception {
    Summary summary =
        new Story()
            .exit(THREAD, 100)
            .exit(OTHER_THREAD, 110)
            .loss()
            .exit(THREAD, 200)
            .entry(THREAD, 203)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(3L);
    assertThat(summary.pairing().droppedByLoss()).isEqualTo(2);
    assertThat(summary.pairing().openAtEnd()).isZero();
  }

  @Test
  void aLossOnOneStreamLeavesTheOtherStreamsPairs() throws Exception {
    Summary summary =
        new Story()
            .on(0)
            .exit(THREAD, 100)
            .entry(THREAD, 300)
            .on(1)
            .exit(OTHER_THREAD, 120)
            .loss()
            .entry(OTHER_THREAD, 250)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(200L);
  }

  @Test
  void damageCutsAPairAsALossDoes() throws Exception {
    Summary summary =
        new Story()
            .exit(THREAD, 100)
            .damage()
            .entry(THREAD, 180)
            .exit(THREAD, 190)
            .entry(THREAD, 196)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(6L);
    assertThat(summary.events().damagedPages()).isEqualTo(1);
    assertThat(summary.pairing().droppedByLoss()).isEqualTo(1);
  }

  @Test
  void timeThatStepsBackCutsAPair() throws Exception {
    Summary summary =
        new Story()
            .exit(THREAD, 1000)
            .page()
            .entry(THREAD, 400)
            .exit(THREAD, 410)
            .entry(THREAD, 411)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(1L);
    assertThat(summary.events().stepsBack()).isEqualTo(1);
    assertThat(summary.pairing().droppedByLoss()).isEqualTo(1);
    assertThat(summary.pairing().unpairedEntries()).isEqualTo(1);
  }

  @Test
  void anExitThatNothingFollowsIsOpenAtTheEnd() throws Exception {
    Summary summary = new Story().exit(THREAD, 100).page().exit(OTHER_THREAD, 200).summary(folder);
    assertThat(summary.pairing().openAtEnd()).isEqualTo(2);
  }

  @Test
  void aPairMayLieSeveralPagesApart() throws Exception {
    Summary summary =
        new Story()
            .exit(THREAD, 100)
            .page()
            .exit(OTHER_THREAD, 110)
            .entry(OTHER_THREAD, 111)
            .page()
            .exit(OTHER_THREAD, 120)
            .entry(OTHER_THREAD, 122)
            .page()
            .entry(THREAD, 5100)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(5000L, 2L, 1L);
  }

  @Test
  void theIdleThreadsOfTwoCpusAreTwoThreads() throws Exception {
    Summary summary =
        new Story()
            .on(0)
            .exit(0, 100)
            .on(1)
            .exit(0, 110)
            .entry(0, 120)
            .on(0)
            .entry(0, 190)
            .summary(folder);
    assertThat(latencies(summary)).containsExactly(90L, 10L);
    assertThat(summary.threads()).hasSize(2);
    assertThat(summary.movedThreads()).isEmpty();
  }

  @Test
  void anExcludedReasonIsCountedAndNothingElse() throws Exception {
    Summary summary =
        new Story()
            .exit(THREAD, 100, HLT)
            .page()
            .entry(THREAD, 900)
            .exit(THREAD, 910, MSR)
            .entry(THREAD, 912)
            .summary(folder, Set.of("HLT"));
    assertThat(latencies(summary)).containsExactly(2L);
    assertThat(summary.pairing().excluded()).isEqualTo(1);
    assertThat(summary.all().maxWithinWindow().value()).isEqualTo(2);
    assertThat(summary.reasons()).hasSize(1);
  }

  @Test
  void aReasonToLeaveOutThatNoRecordingKnowsIsToldOf() throws Exception {
    Summary summary =
        new Story()
            .exit(THREAD, 100, HLT)
            .entry(THREAD, 900)
            .summary(folder, Set.of("hlt", "HALT", "0X1f", "31"));
    assertThat(summary.warnings()).singleElement().asString().contains("exit reason HALT");
  }

  @Test
  void idleLatenciesAreNotBusy() throws Exception {
    Summary summary =
        new Story()
            .exit(THREAD, 100, HLT)
            .entry(THREAD, 600)
            .exit(THREAD, 610, IO)
            .entry(THREAD, 630)
            .summary(folder);
    assertThat(summary.all().sum()).isEqualTo(520);
    assertThat(summary.busy().sum()).isEqualTo(20);
    assertThat(summary.all().maxWithinWindow().value()).isEqualTo(520);
    assertThat(summary.busy().maxWithinWindow().value()).isEqualTo(20);
  }
}
