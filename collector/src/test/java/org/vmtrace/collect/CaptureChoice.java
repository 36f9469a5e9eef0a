package org.vmtrace.collect;

import java.nio.file.Path;
import org.vmtrace.collect.capture.CaptureSettings;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.collect.tracefs.LiveTracing;
import org.vmtrace.event.EventPair;
import org.vmtrace.recording.AnalysisChoice;

/**
 * What a test chooses of a capture on this host: a second of some CPUs, unless it says otherwise.
 */
public final class CaptureChoice {
  private final Path output;
  private final EventPair pair;
  private final int[] cpus;
  private long subBufferBytes;
  private long durationNs = 1_000_000_000L;
  private long maxBytes = Long.MAX_VALUE;
  private long untilLatency;
  private boolean originalFormat;
  private boolean merge;
  private String clock = "mono";

  public CaptureChoice(Path output, EventPair pair, int... cpus) {
    this.output = output;
    this.pair = pair;
    this.cpus = cpus;
  }

  public CaptureChoice pages(long bytes) {
    subBufferBytes = bytes;
    return this;
  }

  public CaptureChoice forSeconds(int seconds) {
    durationNs = seconds * 1_000_000_000L;
    return this;
  }

  public CaptureChoice maxBytes(long bytes) {
    maxBytes = bytes;
    return this;
  }

  public CaptureChoice untilLatency(long ns) {
    untilLatency = ns;
    return this;
  }

  public CaptureChoice originalFormat() {
    originalFormat = true;
    return this;
  }

  public CaptureChoice merge() {
    merge = true;
    return this;
  }

  public CaptureChoice clock(String name) {
    clock = name;
    return this;
  }

  public CaptureSettings settings() {
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
        merge,
        true,
        AnalysisChoice.DEFAULT);
  }
}
