package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vmtrace.ring.CraftedPage.EVENT;
import static org.vmtrace.ring.CraftedPage.KERNEL;
import static org.vmtrace.ring.CraftedPage.STAMP;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainDamage;
import org.vmtrace.testkit.PlainDecoder;
import org.vmtrace.testkit.PlainIsa;

/**
 * Records that no kernel writes, one page each, behind an event that is in order. The plain
 * decoder, which shares no code with the cursor, must name the same cause and place.
 */
class DamagedRecordsTest {
  private static final byte[] EXIT = KERNEL.exit(7, PlainIsa.VMX, 12, 0x1000, 3);
  private static final byte[] ENTRY = KERNEL.entry(7, 0x1000, 3, false);

  private static final int DATA = 16;
  private static final int PADDING = 29;
  private static final int TIME_EXTEND = 30;
  private static final int TIME_STAMP = 31;

  private final PageBuilder page = CraftedPage.page().record(1, EVENT);

  /** Where the bad record begins on the page. */
  private final int place = DATA + page.used();

  private void assertDamaged(Damage cause) throws FormatTextException {
    EventBatch rows = Cursors.rows(KERNEL, page);

    assertThat(kinds(rows)).containsExactly(EventBatch.PAGE, EventBatch.OTHER, EventBatch.DAMAGE);
    assertThat(Damage.ofCode(rows.code(2))).isEqualTo(cause);
    assertThat(rows.thread(2)).as("offset in the page").isEqualTo(place);
    assertThat(rows.time(2)).as("last time known").isEqualTo(STAMP + 1);
    assertThat(PlainDecoder.of(PageShape.X86_64, KERNEL).page(0, 0, page.build()).damage())
        .as("what the plain decoder says")
        .isEqualTo(new PlainDamage(PlainDamage.Cause.valueOf(cause.name()), place));
  }

  private static List<Byte> kinds(EventBatch rows) {
    return IntStream.range(0, rows.size()).mapToObj(rows::kind).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void dataMayNotEndWithinAFirstWord(int bytes) throws FormatTextException {
    page.raw(new byte[bytes]);

    assertDamaged(Damage.RECORD_WORD_CUT);
  }

  @Test
  void anEventMayNotLeadPastTheData() throws FormatTextException {
    page.word(3, 0).raw(Arrays.copyOf(EVENT, 8));

    assertDamaged(Damage.RECORD_EXCEEDS_DATA);
  }

  @ParameterizedTest
  @ValueSource(ints = {TIME_EXTEND, TIME_STAMP, 0})
  void dataMayNotEndBeforeASecondWord(int type) throws FormatTextException {
    page.word(type, 5);

    assertDamaged(Damage.RECORD_EXCEEDS_DATA);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 4096, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void aLongEventMayNotLeadPastTheData(int length) throws FormatTextException {
    page.word(0, 5).rawInt(length).raw(EVENT);

    assertDamaged(Damage.RECORD_EXCEEDS_DATA);
  }

  @Test
  void aLongEventsUnusedBytesMayNotLeadPastTheDataEither() throws FormatTextException {
    page.word(0, 5).rawInt(13).raw(Arrays.copyOf(EVENT, 9));

    assertDamaged(Damage.RECORD_EXCEEDS_DATA);
  }

  @Test
  void aLongEventHasALength() throws FormatTextException {
    page.word(0, 5).rawInt(0).raw(EVENT);

    assertDamaged(Damage.RECORD_LENGTH_ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLongEventsLengthCountsItself(int length) throws FormatTextException {
    page.word(0, 5).rawInt(length).raw(EVENT);

    assertDamaged(Damage.RECORD_LENGTH_SHORT);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 4096, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void aDiscardedEventMayNotLeadPastTheData(int length) throws FormatTextException {
    page.word(PADDING, 5).rawInt(length).raw(EVENT);

    assertDamaged(Damage.PADDING_EXCEEDS_DATA);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aDiscardedEventsLengthCountsItself(int length) throws FormatTextException {
    page.word(PADDING, 5).rawInt(length).raw(EVENT);

    assertDamaged(Damage.PADDING_LENGTH_SHORT);
  }

  @Test
  void paddingHasALengthWhereThereIsRoomForOne() throws FormatTextException {
    page.restIsPadding().rawInt(0);

    assertDamaged(Damage.PADDING_BEFORE_END);
  }

  @Test
  void anEventHasRoomForTheCommonFields() throws FormatTextException {
    page.record(5, Arrays.copyOf(EVENT, 4));

    assertDamaged(Damage.EVENT_SHORTER_THAN_HEADER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 7})
  void aLongEventHasRoomForTheCommonFields(int bytes) throws FormatTextException {
    page.longRecord(5, Arrays.copyOf(EVENT, bytes));

    assertDamaged(Damage.EVENT_SHORTER_THAN_HEADER);
  }

  @Test
  void anExitHasRoomForAllItsFields() throws FormatTextException {
    page.record(5, Arrays.copyOf(EXIT, 56)).record(1, EVENT);

    assertDamaged(Damage.EVENT_SHORTER_THAN_FORMAT);
  }

  @Test
  void anEntryHasRoomForAllItsFields() throws FormatTextException {
    page.record(5, Arrays.copyOf(ENTRY, 24));

    assertDamaged(Damage.EVENT_SHORTER_THAN_FORMAT);
  }

  @Test
  void aLongExitHasRoomForAllItsFields() throws FormatTextException {
    page.longRecord(5, Arrays.copyOf(EXIT, 59));

    assertDamaged(Damage.EVENT_SHORTER_THAN_FORMAT);
  }

  @Test
  void anExitNeedNotHaveTheUnusedBytesAtItsEnd() throws FormatTextException {
    page.record(5, Arrays.copyOf(EXIT, 60));

    assertThat(kinds(Cursors.rows(KERNEL, page)))
        .containsExactly(EventBatch.PAGE, EventBatch.OTHER, EventBatch.EXIT);
  }
}
