package org.vmtrace.fuzz;

import java.nio.ByteOrder;
import java.util.List;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.event.HeaderPage;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.EventFields;
import org.vmtrace.ring.PageLayout;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainDecoder;

/** Pages of one kernel, small ones, so that an input holds several. */
final class PageKind {
  static final List<PageKind> ALL =
      List.of(
          new PageKind(PageShape.of(256, ByteOrder.LITTLE_ENDIAN), KvmEvents.linux61()),
          new PageKind(PageShape.of(512, ByteOrder.LITTLE_ENDIAN), KvmEvents.linux73()),
          new PageKind(PageShape.of(256, ByteOrder.LITTLE_ENDIAN), KvmEvents.linux2012Rt()),
          new PageKind(PageShape.of32Bit(128, ByteOrder.LITTLE_ENDIAN), KvmEvents.linux32Bit()),
          new PageKind(
              PageShape.of(256, ByteOrder.BIG_ENDIAN), KvmEvents.arm64(ByteOrder.BIG_ENDIAN)),
          new PageKind(
              PageShape.of(512, ByteOrder.LITTLE_ENDIAN).withEightByteRecords(),
              KvmEvents.riscv()));

  final PageShape shape;
  final KvmEvents kernel;
  final EventFormats formats;
  final PageLayout layout;
  final EventFields fields;
  final PlainDecoder plain;

  PageKind(PageShape shape, KvmEvents kernel) {
    this.shape = shape;
    this.kernel = kernel;
    EventFormats.Builder builder = EventFormats.builder().headerPage(shape.headerPageText());
    for (EventShape event : kernel.all()) {
      builder.add(event.system(), event.formatText());
    }
    formats = builder.build();
    plain = PlainDecoder.of(shape, kernel);
    Endian endian = shape.order() == ByteOrder.BIG_ENDIAN ? Endian.big() : Endian.little();
    try {
      layout = HeaderPage.parse(formats.headerPage(), endian);
      fields = EventSchema.of(formats, EventPair.KVM).fields();
    } catch (FormatTextException e) {
      throw new AssertionError(e);
    }
  }
}
