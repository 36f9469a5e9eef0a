package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;

class EventBatchTest {
  private static final KvmEvents KERNEL = KvmEvents.linux61();
  private static final long PLACE = 8192;

  private final EventBatch batch = new EventBatch();
  private final byte[] memory = new byte[4096];

  @Test
  void everyRowTellsInstructionPointerAndVcpuOfItsEvent() throws FormatTextException {
    fill(
        new PageBuilder(PageShape.X86_64, 1)
            .record(1, KERNEL.exit(7, PlainIsa.SVM, 0x400, -4096, 3))
            .record(1, KERNEL.entry(7, 0x1234, 2, true))
            .record(1, KERNEL.other(7)));

    assertThat(batch.size()).isEqualTo(4);
    assertThat(batch.instructionPointer(1)).isEqualTo(-4096);
    assertThat(batch.vcpu(1)).isEqualTo(3);
    assertThat(batch.instructionPointer(2)).isEqualTo(0x1234);
    assertThat(batch.vcpu(2)).isEqualTo(2);
    assertThat(batch.hasInstructionPointer(2)).isTrue();
    assertThat(batch.instructionPointer(3)).isZero();
    assertThat(batch.hasInstructionPointer(3)).isFalse();
    assertThat(batch.vcpu(3)).isEqualTo(-1);
  }

  @Test
  void pageRowTellsWhereThePageLies() throws FormatTextException {
    fill(new PageBuilder(PageShape.X86_64, 1).record(1, KERNEL.other(7)));

    assertThat(batch.kind(0)).isEqualTo(EventBatch.PAGE);
    assertThat(batch.position(0)).isEqualTo(PLACE);
    assertThat(batch.instructionPointer(0)).isZero();
    assertThat(batch.hasInstructionPointer(0)).isFalse();
    assertThat(batch.vcpu(0)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void aPageThatDoesNotFitGoesOnInTheNextBatch(int capacity) throws FormatTextException {
    byte[] page =
        new PageBuilder(PageShape.X86_64, 1000)
            .record(1, KERNEL.other(7))
            .timeExtend(1L << 30)
            .longRecord(2, KERNEL.other(8))
            .record(3, KERNEL.other(9))
            .word(31, 0)
            .build();
    RecordCursor cursor = Cursors.of(PageShape.X86_64, KERNEL);
    cursor.open(page, 0, page.length, PLACE);
    EventBatch small = new EventBatch(capacity);
    List<String> rows = new ArrayList<>();
    boolean finished = false;
    while (!finished) {
      small.clear(0);
      finished = cursor.fill(small);
      for (int row = 0; row < small.size(); row++) {
        rows.add(small.kind(row) + " " + small.time(row) + " " + small.thread(row));
      }
    }

    long last = 1000 + 1 + (1L << 30) + 2 + 3;
    assertThat(rows)
        .containsExactly(
            EventBatch.PAGE + " 1000 64",
            EventBatch.OTHER + " 1001 7",
            EventBatch.OTHER + " " + (last - 3) + " 8",
            EventBatch.OTHER + " " + last + " 9",
            EventBatch.DAMAGE + " " + last + " 76");
  }

  /** Fills the batch with a page over whatever it held, in the same memory. */
  private void fill(PageBuilder builder) throws FormatTextException {
    RecordCursor cursor = Cursors.of(PageShape.X86_64, KERNEL);
    byte[] page = builder.build();
    System.arraycopy(page, 0, memory, 0, page.length);
    batch.clear(0);
    cursor.open(memory, 0, page.length, PLACE);
    assertThat(cursor.fill(batch)).isTrue();
  }
}
