package org.vmtrace.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.TraceDatBuilder;

/** A recording told event by event: times in ns, on the CPU that was named last. */
final class Story {
  static final int IO = 0x7b;
  static final int HLT = 0x78;
  static final int MSR = 0x7c;

  private final KvmEvents kvm = KvmEvents.linux61();
  private final Map<Integer, byte[]> pages = new TreeMap<>();
  private final TraceDatBuilder file = new TraceDatBuilder(PageShape.X86_64).events(kvm);
  private int cpu;
  private int vcpu = -1;
  private PageBuilder page;
  private boolean lost;

  Story on(int newCpu) {
    endPage();
    cpu = newCpu;
    return this;
  }

  /** The threads run this vCPU from now on; until then that of their number's last digit. */
  Story vcpu(int newVcpu) {
    vcpu = newVcpu;
    return this;
  }

  Story exit(int thread, long time) {
    return exit(thread, time, IO);
  }

  Story exit(int thread, long time, int code) {
    page(time).event(time, kvm.exit(thread, PlainIsa.SVM, code, 0x1000 + time, vcpuOf(thread)));
    return this;
  }

  Story entry(int thread, long time) {
    page(time).event(time, kvm.entry(thread, 0x1000, vcpuOf(thread), false));
    return this;
  }

  /** Ends the page. */
  Story page() {
    endPage();
    return this;
  }

  /** Events are lost before the next page. */
  Story loss() {
    endPage();
    lost = true;
    return this;
  }

  /** The rest of the page cannot be read. */
  Story damage() {
    page.word(0, 0).rawInt(0);
    endPage();
    return this;
  }

  Story comm(int thread, String name) {
    file.comm(thread, name);
    return this;
  }

  /** The id by which files are known as parts of one recording. */
  Story id(long id) {
    file.traceId(id);
    return this;
  }

  Story clock(String name) {
    file.clock(name);
    return this;
  }

  /** The bytes of a trace.dat of version 6. */
  byte[] bytes() {
    endPage();
    pages.forEach(file::pages);
    return file.version6();
  }

  /** The summary with windows of 1000 ns, the same for any split. */
  Summary summary(Path folder) throws IOException {
    return summary(folder, Set.of());
  }

  Summary summary(Path folder, Set<String> excluded) throws IOException {
    Path path = Files.write(folder.resolve("story.dat"), bytes());
    AnalysisChoice choice = new AnalysisChoice(1000, 5, excluded);
    return new LocalAnalysis(
            OpenOptions.defaults(), choice, BadFiles.FAIL, 1, 1, LocalAnalysis.Progress.NONE)
        .analyse(List.of(path));
  }

  private int vcpuOf(int thread) {
    return vcpu >= 0 ? vcpu : thread % 10;
  }

  private PageBuilder page(long time) {
    if (page == null) {
      page = new PageBuilder(PageShape.X86_64, time);
      if (lost) {
        page.lost(7);
        lost = false;
      }
    }
    return page;
  }

  private void endPage() {
    if (page != null) {
      byte[] before = pages.getOrDefault(cpu, new byte[0]);
      byte[] last = page.build();
      byte[] both = Arrays.copyOf(before, before.length + last.length);
      System.arraycopy(last, 0, both, before.length, last.length);
      pages.put(cpu, both);
      page = null;
    }
  }
}
