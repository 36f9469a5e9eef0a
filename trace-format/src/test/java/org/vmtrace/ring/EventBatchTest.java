package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.event.HeaderPage;
import org.vmtrace.testkit.EventShape;
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

  /** Fills the batch with a page over whatever it held, in the same memory. */
  private void fill(PageBuilder builder) throws FormatTextException {
    EventFormats.Builder formats = EventFormats.builder();
    for (EventShape event : KERNEL.all()) {
      formats.add(event.system(), event.formatText());
    }
    RecordCursor cursor =
        new RecordCursor(
            HeaderPage.parse(PageShape.X86_64.headerPageText(), Endian.little()),
            EventSchema.of(formats.build(), EventPair.KVM).fields());
    byte[] page = builder.build();
    System.arraycopy(page, 0, memory, 0, page.length);
    batch.clear(0);
    cursor.open(memory, 0, page.length, PLACE);
    assertThat(cursor.fill(batch)).isTrue();
  }
}
