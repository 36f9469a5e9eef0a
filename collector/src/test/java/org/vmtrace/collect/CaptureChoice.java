package org.vmtrace.collect;

import java.nio.file.Path;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.collect.tracefs.LiveTracing;
import org.vmtrace.event.EventPair;
import org.vmtrace.recording.AnalysisChoice;

/**
 * What a test chooses of a capture on this host: a second of some CPUs, unless it says otherwise.
 */
final class CaptureChoice {
  private final Path output;
  private final EventPair pair;
  private final int[] cpus;
  private long subBufferBytes;
  private long durationNs = 1_000_000_000L;
  private long maxBytes = Long.MAX_VALUE;
  private long untilLatency;
  private boolean originalFormat;
  private String clock = "mono";

  CaptureChoice(Path output, EventPair pair, int... cpus) {
    this.output = output;
    this.pair = pair;
    this.cpus = cpus;
  }

  CaptureChoice pages(long bytes) {
    subBufferBytes = bytes;
    return this;
  }

  CaptureChoice forSeconds(int seconds) {
    durationNs = seconds * 1_000_000_000L;
    return this;
  }

  CaptureChoice maxBytes(long bytes) {
    maxBytes = bytes;
    return this;
  }

  CaptureChoice untilLatency(long ns) {
    untilLatency = ns;
    return this;
  }

  CaptureChoice originalFormat() {
    originalFormat = true;
    return this;
  }

  CaptureChoice clock(String name) {
    clock = name;
    return this;
  }

  CaptureSettings settings() {
    HostCpus host = new HostCpus(Path.of("/"));
    return new CaptureSettings(
        CpuList.of(cpus),
        host.allowed().nextSetBit(0),
        host.allowed(),
        LiveTracing.TRACEFS,
        pair,
        clock,
        64 << 20,
        subBufferBytes,
        true,
        "",
        durationNs,
        maxBytes,
        untilLatency,
        output,
        originalFormat,
        false,
        true,
        AnalysisChoice.DEFAULT);
  }
}
