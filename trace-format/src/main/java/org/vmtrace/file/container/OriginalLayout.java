package org.vmtrace.file.container;

import java.io.IOException;
import java.util.List;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.EventSchema;
import org.vmtrace.file.OpenedTrace;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.StreamReader;
import org.vmtrace.ring.EntryFields;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.EventFields;
import org.vmtrace.ring.ExitFields;
import org.vmtrace.ring.PayloadField;
import org.vmtrace.ring.ReasonRule;

/**
 * Where x86 kernels of several times keep the fields of kvm_exit and kvm_entry. Files without
 * format texts tell it by the sizes of the two records, counted in words of 4 bytes (the record
 * type of an event of up to 112 bytes).
 *
 * <pre>
 *  words        kernel                exit: reason, rip, isa, vcpu     entry: vcpu, rip, immediate exit
 *  ( 6,  3)     2.6.31 to 2.6.37      8  16   -   -                    8   -   -
 *  ( 6,  4)     the same, old common 12  16   -   -                   12   -   -
 *  (12,  3)     2.6.38 to 5.x         8  16  24   -                    8   -   -
 *  (12,  4)     the same, old common 12  16  24   -                   12   -   -
 *  (14,  5)     2012, real-time      16  24  32   -                   16   -   -
 *  (16,  6)     5.10 to 6.0           8  16  24  56                    8  16   -
 *  (16,  8)     6.1 to 6.13           8  16  24  56                    8  16  24
 *  (18, 10)     6.14 on               8  16  24  56                    8  16  24
 * </pre>
 *
 * "Old common": until about 3.0 the fields that all events share had 12 bytes, whose last four were
 * common_tgid, common_lock_depth and common_padding in turn (the kernel's event format texts).
 */
enum OriginalLayout {
  LINUX_2_6_31(6, 3, 24, 12, 8, 16, -1, -1, 8, -1, -1),
  LINUX_2_6_31_OLD_COMMON(6, 4, 24, 16, 12, 16, -1, -1, 12, -1, -1),
  LINUX_2_6_38(12, 3, 48, 12, 8, 16, 24, -1, 8, -1, -1),
  LINUX_2_6_38_OLD_COMMON(12, 4, 48, 16, 12, 16, 24, -1, 12, -1, -1),
  LINUX_2012_RT(14, 5, 56, 20, 16, 24, 32, -1, 16, -1, -1),
  LINUX_5_10(16, 6, 60, 24, 8, 16, 24, 56, 8, 16, -1),
  LINUX_6_1(16, 8, 60, 25, 8, 16, 24, 56, 8, 16, 24),
  LINUX_6_14(18, 10, 72, 36, 8, 16, 24, 56, 8, 16, 24),
  /** Times and threads only. */
  UNKNOWN(-1, -1, 8, 8, -1, -1, -1, -1, -1, -1, -1);

  /** Pages that are looked at for an exit and an entry. */
  private static final long LOOK_AT_BYTES = 1 << 20;

  private final int exitWords;
  private final int entryWords;
  private final int exitBytes;
  private final int entryBytes;
  private final int reasonAt;
  private final int exitPointerAt;
  private final int isaAt;
  private final int exitVcpuAt;
  private final int entryVcpuAt;
  private final int entryPointerAt;
  private final int immediateExitAt;

  OriginalLayout(
      int exitWords,
      int entryWords,
      int exitBytes,
      int entryBytes,
      int reasonAt,
      int exitPointerAt,
      int isaAt,
      int exitVcpuAt,
      int entryVcpuAt,
      int entryPointerAt,
      int immediateExitAt) {
    this.exitWords = exitWords;
    this.entryWords = entryWords;
    this.exitBytes = exitBytes;
    this.entryBytes = entryBytes;
    this.reasonAt = reasonAt;
    this.exitPointerAt = exitPointerAt;
    this.isaAt = isaAt;
    this.exitVcpuAt = exitVcpuAt;
    this.entryVcpuAt = entryVcpuAt;
    this.entryPointerAt = entryPointerAt;
    this.immediateExitAt = immediateExitAt;
  }

  ExitFields exitFields(int eventId) {
    return new ExitFields(
        eventId,
        exitBytes,
        reasonAt < 0 ? ReasonRule.NONE : ReasonRule.X86,
        field(reasonAt, Integer.BYTES),
        field(isaAt, Integer.BYTES),
        field(exitPointerAt, Long.BYTES),
        field(exitVcpuAt, Integer.BYTES));
  }

  EntryFields entryFields(int eventId) {
    return new EntryFields(
        eventId,
        entryBytes,
        field(entryPointerAt, Long.BYTES),
        field(entryVcpuAt, Integer.BYTES),
        field(immediateExitAt, 1));
  }

  private static PayloadField field(int offset, int bytes) {
    return offset < 0 ? PayloadField.ABSENT : new PayloadField(offset, bytes, false);
  }

  /**
   * The layout of a file's first exit and entry; {@link #UNKNOWN} if there is none of one kind in
   * the first MiB, or no known kernel has their sizes.
   */
  static OriginalLayout of(SeekableInput input, PageStream stream, EventFields ids)
      throws IOException {
    int exit = 0;
    int entry = 0;
    OpenedTrace file =
        new OpenedTrace(
            BarePages.NO_METADATA,
            EventSchema.withoutFormats(EventPair.KVM, ids),
            List.of(stream),
            input);
    EventBatch batch = new EventBatch();
    long end = stream.offset() + Math.min(stream.bytes(), LOOK_AT_BYTES);
    StreamReader reader = new StreamReader(file, stream, stream.offset(), end);
    while ((exit == 0 || entry == 0) && reader.next(batch)) {
      for (int row = 0; row < batch.size(); row++) {
        if (exit == 0 && batch.kind(row) == EventBatch.EXIT) {
          exit = words(stream, batch, row);
        } else if (entry == 0 && batch.kind(row) == EventBatch.ENTRY) {
          entry = words(stream, batch, row);
        }
      }
    }
    for (OriginalLayout layout : values()) {
      if (layout.exitWords == exit && layout.entryWords == entry) {
        return layout;
      }
    }
    return UNKNOWN;
  }

  /** The record type of an event: the word before its payload. */
  private static int words(PageStream stream, EventBatch batch, int row) {
    int word =
        stream.layout().endian().i32(batch.bytes(), batch.payloadOffset(row) - Integer.BYTES);
    return stream.layout().endian().typeLength(word);
  }
}
