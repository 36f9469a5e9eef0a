package org.vmtrace.collect.tracefs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Writes the settings of an instance in the order that works, and reads each one back. */
final class InstanceSetup {
  private static final int KIB = 1024;

  private final ControlFiles files;
  private final InstanceSettings settings;
  private final List<String> said = new ArrayList<>();

  InstanceSetup(ControlFiles files, InstanceSettings settings) {
    this.files = files;
    this.settings = settings;
  }

  /** A file of an event {@code system:name}. */
  static String eventFile(String event, String name) {
    return "events/" + event.replaceFirst(":", "/") + "/" + name;
  }

  /** Sets all of them; returns what was set. */
  List<String> apply() throws TracefsException {
    // A new clock and a new sub-buffer size empty the buffers, and the size must be known before
    // somebody opens the pages: these first, the events last.
    clock();
    subBuffers();
    buffers();
    overwrite();
    wakePercent();
    cpus();
    for (String event : settings.events()) {
      filter(event);
    }
    for (String event : settings.events()) {
      enable(event);
    }
    return said;
  }

  private void clock() throws TracefsException {
    String all = files.read("trace_clock");
    List<String> names = Arrays.asList(all.replaceAll("[\\[\\]]", "").split("\\s+"));
    if (!names.contains(settings.clock())) {
      throw new TracefsException(
          "this kernel has no trace clock '"
              + settings.clock()
              + "'; it has "
              + String.join(", ", names));
    }
    files.write("trace_clock", settings.clock());
    String now = files.read("trace_clock");
    require(now.contains("[" + settings.clock() + "]"), "trace_clock", settings.clock(), now);
    said.add("clock " + settings.clock());
  }

  private void subBuffers() throws TracefsException {
    if (settings.subBufferBytes() == 0) {
      return;
    }
    String file = "buffer_subbuf_size_kb";
    if (!files.has(file)) {
      throw new TracefsException(
          "this kernel cannot change the size of its sub-buffers (Linux 6.8 and newer can): leave"
              + " --subbuf-size out");
    }
    long wantedKb = roundUpKb(settings.subBufferBytes());
    try {
      files.write(file, Long.toString(wantedKb));
    } catch (TracefsException e) {
      throw new TracefsException(
          e.getMessage() + "; --subbuf-size takes powers of two up to 512K", e);
    }
    String now = files.read(file);
    require(leadingNumber(now) >= wantedKb, file, Long.toString(wantedKb), now);
    said.add("sub-buffers of " + now + " KiB");
  }

  private void buffers() throws TracefsException {
    giveBackBuffers();
    long wantedKb = roundUpKb(settings.bufferBytes());
    for (int cpu : settings.cpus().stream().toArray()) {
      String file = bufferSize(cpu);
      if (!files.has(file)) {
        throw new TracefsException("this kernel has no CPU " + cpu);
      }
      try {
        files.write(file, Long.toString(wantedKb));
      } catch (TracefsException e) {
        throw new TracefsException(e.getMessage() + " (KiB); a smaller --buffer-size may do", e);
      }
      String now = files.read(file);
      require(leadingNumber(now) >= wantedKb, file, Long.toString(wantedKb), now);
    }
    said.add("buffers of " + wantedKb + " KiB");
  }

  /**
   * An instance has buffers for every CPU that the machine may ever have: what is not used is given
   * back before more is taken. A buffer is resized by a kernel thread on its CPU
   * (kernel/trace/ring_buffer.c, ring_buffer_resize), which an isolated one shall not run.
   */
  private void giveBackBuffers() throws TracefsException {
    BitSet spared = (BitSet) settings.isolated().clone();
    spared.andNot(settings.cpus());
    if (spared.isEmpty()) {
      // All at once: each write waits for the whole kernel, some ms.
      if (files.has("buffer_size_kb")) {
        files.write("buffer_size_kb", "1");
      }
      return;
    }
    BitSet others = CpuMask.parse(files.read("tracing_cpumask"));
    others.andNot(settings.isolated());
    others.andNot(settings.cpus());
    for (int cpu : others.stream().toArray()) {
      if (files.has(bufferSize(cpu))) {
        files.write(bufferSize(cpu), "1");
      }
    }
  }

  private static String bufferSize(int cpu) {
    return "per_cpu/cpu" + cpu + "/buffer_size_kb";
  }

  private void overwrite() throws TracefsException {
    String wanted = settings.overwrite() ? "1" : "0";
    set("options/overwrite", wanted);
    said.add(
        "a full buffer " + (settings.overwrite() ? "overwrites old" : "drops new") + " events");
  }

  private void wakePercent() throws TracefsException {
    if (files.has("buffer_percent")) {
      set("buffer_percent", Integer.toString(settings.wakePercent()));
    }
  }

  private void cpus() throws TracefsException {
    String file = "tracing_cpumask";
    String mask = CpuMask.format(settings.cpus(), CpuMask.groups(files.read(file)));
    files.write(file, mask);
    String now = files.read(file);
    BitSet read = CpuMask.parse(now);
    require(read.equals(settings.cpus()), file, mask, now);
    said.add(CpuList.name(settings.cpus()));
  }

  private void filter(String event) throws TracefsException {
    requireEvent(event);
    if (settings.filter().isEmpty()) {
      return;
    }
    String file = eventFile(event, "filter");
    try {
      files.write(file, settings.filter());
    } catch (TracefsException e) {
      throw new TracefsException(
          "the kernel does not take the filter '"
              + settings.filter()
              + "' for "
              + event
              + filterError(file)
              + "; its fields stand in /sys/kernel/tracing/"
              + eventFile(event, "format"),
          e);
    }
    String now = files.read(file);
    require(now.equals(settings.filter()), file, settings.filter(), now);
    said.add(event + " if " + settings.filter());
  }

  /** The kernel leaves its complaint after the text of a filter that it refused. */
  private String filterError(String file) throws TracefsException {
    for (String line : (Iterable<String>) files.read(file).lines()::iterator) {
      if (line.startsWith("parse_error:")) {
        return " (" + line.substring("parse_error:".length()).strip() + ")";
      }
    }
    return "";
  }

  private void requireEvent(String event) throws TracefsException {
    if (!files.has(eventFile(event, "enable"))) {
      throw new TracefsException(
          "this kernel has no event "
              + event
              + (event.startsWith("kvm:")
                  ? "; load KVM (modprobe kvm_intel or kvm_amd), or name other events with"
                      + " --exit-event and --entry-event"
                  : "; its events stand in /sys/kernel/tracing/available_events"));
    }
  }

  private void enable(String event) throws TracefsException {
    String file = eventFile(event, "enable");
    files.write(file, "1");
    String now = files.read(file);
    require(now.startsWith("1"), file, "1", now);
    said.add("event " + event);
  }

  private void set(String file, String value) throws TracefsException {
    files.write(file, value);
    String now = files.read(file);
    require(now.equals(value), file, value, now);
  }

  private void require(boolean taken, String file, String wanted, String now)
      throws TracefsException {
    if (!taken) {
      throw new TracefsException(
          "the kernel did not take '"
              + wanted
              + "' for "
              + files.folder().resolve(file)
              + ": it says '"
              + now
              + "'");
    }
  }

  private static long roundUpKb(long bytes) {
    return Math.max(1, bytes / KIB + (bytes % KIB == 0 ? 0 : 1));
  }

  /**
   * The number that a text begins with, such as {@code 7 (expanded: 1408)}; -1 if there is none.
   */
  private static long leadingNumber(String text) {
    String digits = text.replaceFirst("[^0-9].*", "");
    return digits.isEmpty() || digits.length() > 18 ? -1 : Long.parseLong(digits);
  }
}
