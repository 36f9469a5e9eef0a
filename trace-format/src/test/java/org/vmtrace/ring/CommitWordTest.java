package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vmtrace.ring.CraftedPage.EVENT;
import static org.vmtrace.ring.CraftedPage.KERNEL;
import static org.vmtrace.ring.CraftedPage.STAMP;
import static org.vmtrace.ring.CraftedPage.page;
import static org.vmtrace.ring.CraftedPage.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.ring.CraftedPage.Found;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;

/**
 * What a page's commit word says, of lost events above all, and the count behind the data. Expected
 * values are arithmetic on what was put on the page; see {@link CraftedPage}.
 */
class CommitWordTest {
  @Test
  void flaggedPageMayBeginWithATimeExtend() throws FormatTextException {
    Found found = read(page().timeExtend(1L << 30).record(5, EVENT).lost(274_638));

    assertThat(found.lost()).isTrue();
    assertThat(found.count()).isEqualTo(274_638);
    assertThat(found.times()).containsExactly(STAMP + (1L << 30) + 5);
  }

  @Test
  void flaggedPageMayBeginWithAnAbsoluteStamp() throws FormatTextException {
    Found found = read(page().absolute(STAMP + 77).record(0, EVENT).lost(3));

    assertThat(found.lost()).isTrue();
    assertThat(found.count()).isEqualTo(3);
    assertThat(found.times()).containsExactly(STAMP + 77);
  }

  @Test
  void flagsCountWhereTheUpperHalfOfTheCommitWordIsZero() throws FormatTextException {
    Found found = read(page().record(0, EVENT).lost(9));

    assertThat(found).isEqualTo(new Found(true, 9, List.of(STAMP), List.of()));
  }

  @Test
  void flagsCountWhereTheUpperHalfOfTheCommitWordIsAllOnes() throws FormatTextException {
    Found found = read(page().record(0, EVENT).lost(9).upperHalfOnes());

    assertThat(found).isEqualTo(new Found(true, 9, List.of(STAMP), List.of()));
  }

  @Test
  void unusedBitsOfTheCommitWordAreNoLength() throws FormatTextException {
    Found found = read(page().record(0, EVENT).commitBits(7 << 27));

    assertThat(found).isEqualTo(new Found(false, 0, List.of(STAMP), List.of()));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void storedCountOfZeroOrLessIsALossOfUnknownNumber(long stored) throws FormatTextException {
    Found found = read(page().record(0, EVENT).lost(stored));

    assertThat(found).isEqualTo(new Found(true, 0, List.of(STAMP), List.of()));
  }

  @Test
  void lostFlagWithoutAStoredCountIsALossOfUnknownNumber() throws FormatTextException {
    Found found = read(page().record(0, EVENT).stale(0x11).lost());

    assertThat(found).isEqualTo(new Found(true, 0, List.of(STAMP), List.of()));
  }

  @Test
  void countThatHasNoRoomBehindTheDataIsUnknown() throws FormatTextException {
    PageBuilder page = page();
    for (long time = STAMP; page.fits(time, EVENT); time += 10) {
      page.event(time, EVENT);
    }
    // 4080 bytes of data, and the word claims a count after them, where the next page begins.
    byte[] bytes = page.lost().build();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 4080 | 3 << 30);
    Found found = read(PageShape.X86_64, KERNEL, Arrays.copyOf(bytes, 2 * 4096));

    assertThat(found.lost()).isTrue();
    assertThat(found.count()).isZero();
    assertThat(found.times()).hasSize(255);
  }

  @Test
  void emptyPageKeepsItsLoss() throws FormatTextException {
    assertThat(read(page().lost(5))).isEqualTo(new Found(true, 5, List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {4081, 0x07ff_ffff})
  void commitWordBeyondThePageIsDamage(int length) throws FormatTextException {
    byte[] page = page().record(1, EVENT).lost(7).build();
    ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(8, length | 1 << 31);

    assertThat(read(PageShape.X86_64, KERNEL, page))
        .isEqualTo(new Found(false, 0, List.of(), List.of(Damage.COMMIT_EXCEEDS_PAGE)));
  }
}
