package org.vmtrace.collect.tracefs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The control files of an instance on a host with 512 CPUs, which answer as those of Linux 6.18
 * were seen to.
 */
final class FakeControlFiles extends ControlFiles {
  private static final String CLOCKS = "local global counter uptime perf mono mono_raw boot tai";

  /** Every write as {@code name=value}. */
  final List<String> writes = new ArrayList<>();

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private final Set<String> deaf = new HashSet<>();

  FakeControlFiles() {
    super(Path.of("/tracing/instances/vm-trace-7"));
    texts.put("trace_clock", "[local] " + CLOCKS.substring("local ".length()));
    texts.put("buffer_size_kb", "1410");
    texts.put("buffer_subbuf_size_kb", "4");
    texts.put("buffer_percent", "50");
    texts.put("options/overwrite", "1");
    texts.put("tracing_on", "1");
    texts.put("tracing_cpumask", "ffffffff,".repeat(15) + "ffffffff");
    for (int cpu = 0; cpu < 512; cpu++) {
      texts.put("per_cpu/cpu" + cpu + "/buffer_size_kb", "1410");
    }
    for (String event : List.of("kvm/kvm_exit", "kvm/kvm_entry")) {
      texts.put("events/" + event + "/enable", "0");
      texts.put("events/" + event + "/filter", "none");
    }
  }

  FakeControlFiles without(String name) {
    texts.remove(name);
    return this;
  }

  /** A file that takes everything and stays as it is. */
  FakeControlFiles deaf(String name) {
    deaf.add(name);
    return this;
  }

  /** A file that refuses everything for that reason. */
  FakeControlFiles refusing(String name, String reason) {
    refused.put(name, reason);
    return this;
  }

  String text(String name) {
    return texts.get(name);
  }

  @Override
  boolean has(String name) {
    return texts.containsKey(name);
  }

  @Override
  String readWhole(String name) throws TracefsException {
    if (!has(name)) {
      throw new TracefsException("cannot read " + folder().resolve(name) + ": no such file");
    }
    return texts.get(name) + "\n";
  }

  @Override
  void write(String name, String value) throws TracefsException {
    if (refused.containsKey(name)) {
      if (name.endsWith("filter")) {
        texts.put(name, value + "\n   ^\nparse_error: Field not found");
      }
      throw new TracefsException(
          "the kernel refuses '"
              + value
              + "' for "
              + folder().resolve(name)
              + ": "
              + refused.get(name));
    }
    writes.add(name + "=" + value);
    if (deaf.contains(name)) {
      return;
    }
    if (name.equals("trace_clock")) {
      texts.put(name, CLOCKS.replaceFirst("\\b" + value + "\\b", "[" + value + "]"));
    } else if (name.endsWith("buffer_size_kb")) {
      // Whole pages of 4080 bytes of payload.
      long pages = (Long.parseLong(value) * 1024 + 4079) / 4080;
      texts.put(name, Long.toString(Math.max(7, pages * 4080 / 1024)));
    } else if (name.equals("tracing_cpumask")) {
      texts.put(name, value.replaceFirst("^0+(?=[0-9a-f])", ""));
    } else {
      texts.put(name, value);
    }
  }
}
