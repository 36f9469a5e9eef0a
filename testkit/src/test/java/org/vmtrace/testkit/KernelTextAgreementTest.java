package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference decoder finds on the pages what the kernel printed of the same buffer. */
class KernelTextAgreementTest {
  /** Its kernel's text leaves out the time of discarded events (fact sheet, section 9). */
  private static final String TEXT_WITHOUT_DISCARDED = "linux-6.1/discards-nested";

  /** The text is that of another buffer, which lost nothing. */
  private static final String TEXT_OF_ANOTHER_BUFFER = "linux-6.1/lossy-concurrent";

  @BeforeAll
  static void needsTheRecordings() {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
  }

  static Stream<SharedTraces.Recording> recordings() {
    return SharedTraces.list().stream()
        .filter(recording -> !recording.kernelTexts().isEmpty())
        .filter(recording -> !recording.name().equals(TEXT_OF_ANOTHER_BUFFER));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("recordings")
  void pagesHoldWhatTheKernelPrinted(SharedTraces.Recording recording) {
    PlainTraceDat trace = PlainTraceDat.read(recording.traceDat(), Zstd::unpack);
    PrintedEvents print = new PrintedEvents(trace);
    int later = 0;
    for (PlainStream stream : trace.recordings(recording.name()).get(0).streams()) {
      List<PlainEvent> events = stream.events();
      List<TextEvent> texts = printed(recording, stream, trace.shape().pageBytes());
      assertThat(texts).hasSameSizeAs(events);
      for (int index = 0; index < events.size(); index++) {
        PlainEvent event = events.get(index);
        TextEvent text = texts.get(index);
        assertThat(print.withoutTime(event)).isEqualTo(PrintedEvents.withoutTime(text));
        long difference = text.printed(event.timeNs()) - text.timeUnits();
        if (recording.name().equals(TEXT_WITHOUT_DISCARDED)) {
          assertThat(difference).isBetween(0L, 100L);
          later += difference > 0 ? 1 : 0;
        } else {
          assertThat(difference).as("time of event %d", index).isZero();
        }
      }
    }
    // All events after a discarded one on its page: few, but there are some.
    assertThat(later > 0).isEqualTo(recording.name().equals(TEXT_WITHOUT_DISCARDED));
    assertThat(later).isLessThan(50);
  }

  @Test
  void storedCountsWalkThroughATextThatLostNothing() {
    SharedTraces.Recording recording = SharedTraces.find(TEXT_OF_ANOTHER_BUFFER).orElseThrow();
    PlainTraceDat trace = PlainTraceDat.read(recording.traceDat(), Zstd::unpack);
    PrintedEvents print = new PrintedEvents(trace);
    PlainStream stream = trace.recordings(recording.name()).get(0).streams().get(0);
    List<TextEvent> texts =
        KernelText.parse(recording.kernelTexts().get(stream.cpu())).get(0).events();
    int at = 0;
    for (PlainPage page : stream.pages()) {
      at += (int) page.lostCount();
      for (PlainEvent event : page.events()) {
        assertThat(print.withoutTime(event)).isEqualTo(PrintedEvents.withoutTime(texts.get(at)));
        at++;
      }
    }
    assertThat(at).isEqualTo(texts.size());
  }

  /**
   * The lines of the events that stand on the pages: where pages were taken in rounds, the first
   * ones of each round's text.
   */
  private static List<TextEvent> printed(
      SharedTraces.Recording recording, PlainStream stream, int pageBytes) {
    List<TextEvent> texts = new ArrayList<>();
    int page = 0;
    for (KernelText.Round round : KernelText.parse(recording.kernelTexts().get(stream.cpu()))) {
      if (round.takenBytes() < 0) {
        texts.addAll(round.events());
        continue;
      }
      int end = page + Math.toIntExact(round.takenBytes() / pageBytes);
      int events = 0;
      for (PlainPage taken : stream.pages().subList(page, end)) {
        events += taken.events().size();
      }
      texts.addAll(round.events().subList(0, events));
      page = end;
    }
    return texts;
  }
}
