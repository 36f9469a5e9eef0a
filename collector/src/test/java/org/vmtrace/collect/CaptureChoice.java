package org.vmtrace.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vmtrace.collect.capture.CaptureSession;
import org.vmtrace.collect.capture.CaptureSettings;
import org.vmtrace.collect.capture.StopRequest;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.collect.splice.LinuxCalls;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.collect.tracefs.LiveTracing;
import org.vmtrace.recording.AnalysisChoice;

/**
 * What a test chooses of a capture on this host: a second of some CPUs, unless it says otherwise.
 */
public final class CaptureChoice {
  private final Path output;
  private final int[] cpus;
  private long subBufferBytes;
  private long durationNs = 1_000_000_000L;
  private long maxBytes = Long.MAX_VALUE;
  private long untilLatency;
  private boolean originalFormat;
  private boolean merge;
  private String clock = "mono";

  public CaptureChoice(Path output, int... cpus) {
    this.output = output;
    this.cpus = cpus;
  }

  /** The last CPU that this may run on. */
  public static int lastCpu() {
    return new HostCpus(Path.of("/")).allowed().length() - 1;
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
        LiveTracing.PAIR,
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

  /** A capture with such settings, which says to {@code told} what it has to say. */
  public static CaptureSession session(CaptureSettings settings, List<String> told)
      throws IOException {
    return new CaptureSession(
        settings,
        LinuxCalls.load(),
        new StopRequest(),
        told::add,
        sentence -> {},
        null,
        "vm-trace-collect test");
  }
}
