package org.vmtrace.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainDecoder;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.PlainStream;
import org.vmtrace.testkit.TraceDatBuilder;

/** Pages and files for the tests of this package. */
public record Sample(PageShape shape, KvmEvents kernel) {
  public static final Sample X86_64 = new Sample(PageShape.X86_64, KvmEvents.linux61());

  /** Full pages of exits and entries in turn; every third page comes after a loss. */
  public byte[] pages(int count, long firstTime) {
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    long time = firstTime;
    for (int page = 0; page < count; page++) {
      PageBuilder builder = new PageBuilder(shape, time);
      for (int event = 0; builder.fits(time, payload(event)); event++) {
        builder.event(time, payload(event));
        time += 1000 + event;
      }
      pages.writeBytes(page % 3 == 2 ? builder.lost(page).build() : builder.build());
    }
    return pages.toByteArray();
  }

  private byte[] payload(int event) {
    return event % 2 == 0
        ? kernel.exit(100 + event, PlainIsa.SVM, 0x72 + event % 7, 0x1000L + event, event % 4)
        : kernel.entry(99 + event, 0x2000L + event, event % 4, event % 5 == 0);
  }

  /** A file of one buffer with two CPUs. */
  public TraceDatBuilder dat() {
    return new TraceDatBuilder(shape)
        .events(kernel)
        .uname("Linux somewhere 6.1.0 x86_64")
        .traceId(0x1122334455667788L)
        .comm(100, "vcpu 0")
        .comm(101, "vcpu 1")
        .pages(0, pages(5, 1_000_000))
        .pages(2, pages(3, 2_000_000));
  }

  /** What the reference decoder makes of pages. */
  public PlainStream plain(int cpu, byte[] pages) {
    return PlainDecoder.of(shape, kernel).stream(cpu, pages);
  }

  public static TraceFile open(byte[] bytes) throws IOException {
    return open(bytes, OpenOptions.defaults());
  }

  public static TraceFile open(byte[] bytes, OpenOptions options) throws IOException {
    return TraceFiles.open(new BytesInput("trace.dat", bytes), options);
  }

  /** The first bytes of a file. */
  public static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }
}
