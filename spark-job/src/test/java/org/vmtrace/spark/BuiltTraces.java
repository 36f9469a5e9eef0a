package org.vmtrace.spark;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainDecoder;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.PlainRecording;
import org.vmtrace.testkit.TraceDatBuilder;

/** Traces of one CPU whose pages are built one by one, to put events where a test wants them. */
final class BuiltTraces {
  static final int THREAD = 77;
  private static final int IO = 30;

  private final KvmEvents kvm = KvmEvents.linux61();
  private final List<PageBuilder> pages = new ArrayList<>();

  /** The next page. */
  BuiltTraces page(long stamp) {
    pages.add(new PageBuilder(PageShape.X86_64, stamp));
    return this;
  }

  /** Events were lost before the page's first record. */
  BuiltTraces lost(long count) {
    last().lost(count);
    return this;
  }

  BuiltTraces exit(long time) {
    return exit(THREAD, time);
  }

  BuiltTraces exit(int thread, long time) {
    last().event(time, kvm.exit(thread, PlainIsa.VMX, IO, 0x1000 + thread, 0));
    return this;
  }

  BuiltTraces entry(long time) {
    return entry(THREAD, time);
  }

  BuiltTraces entry(int thread, long time) {
    last().event(time, kvm.entry(thread, 0x1000 + thread, 0, false));
    return this;
  }

  /** An event of no interest. */
  BuiltTraces other(long time) {
    last().event(time, kvm.other(THREAD));
    return this;
  }

  private PageBuilder last() {
    return pages.get(pages.size() - 1);
  }

  private byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pages.forEach(page -> bytes.writeBytes(page.build()));
    return bytes.toByteArray();
  }

  /** A trace.dat of version 6. */
  byte[] traceDat() {
    return new TraceDatBuilder(PageShape.X86_64)
        .events(kvm)
        .comm(THREAD, "CPU 0/KVM")
        .uname("Linux host 6.1.0 x86_64")
        .pages(0, bytes())
        .version6();
  }

  /** What the pages hold. */
  PlainRecording plain(String name) {
    return new PlainRecording(
        name,
        "host",
        List.of(PlainDecoder.of(PageShape.X86_64, kvm).stream(0, bytes())),
        java.util.Map.of(THREAD, "CPU 0/KVM"));
  }

  KvmEvents kvm() {
    return kvm;
  }
}
