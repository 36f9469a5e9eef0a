package org.vmtrace.collect.capture;

import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.collect.tracefs.BufferStats;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.collect.tracefs.TraceInstance;
import org.vmtrace.collect.tracefs.TracefsException;

/** The ring buffers of an instance as the recorder sees them. */
final class InstanceSource implements Recorder.Source {
  /** Keeps the threads of this program on some CPUs. */
  interface Confinement {
    /** Moves all of them there. */
    void confine(BitSet cpus) throws IOException;
  }

  private final TraceInstance instance;
  private final BitSet traced;
  private final BitSet collecting;
  private final Confinement threads;
  private final HostCpus host;
  private final Consumer<String> tell;
  private final Runnable started;
  private final BitSet toldOffline = new BitSet();

  /**
   * A source.
   *
   * @param traced the CPUs that are recorded
   * @param collecting the CPUs that this program runs on
   * @param threads is asked to move them when one of these goes offline
   * @param tell takes sentences for the user
   * @param started is run when recording has begun
   */
  InstanceSource(
      TraceInstance instance,
      BitSet traced,
      BitSet collecting,
      Confinement threads,
      HostCpus host,
      Consumer<String> tell,
      Runnable started) {
    this.instance = instance;
    this.traced = traced;
    this.collecting = collecting;
    this.threads = threads;
    this.host = host;
    this.tell = tell;
    this.started = started;
  }

  @Override
  public void start() throws IOException {
    instance.start();
    started.run();
  }

  @Override
  public void stop() throws IOException {
    instance.stop();
  }

  @Override
  public StopReason look() {
    BitSet offline = (BitSet) traced.clone();
    offline.or(collecting);
    offline.andNot(host.online());
    offline.andNot(toldOffline);
    if (!offline.isEmpty()) {
      toldOffline.or(offline);
      tell.accept(CpuList.name(offline) + " went offline while recording");
      if (offline.intersects(collecting)) {
        keepOffTracedCpus();
      }
    }
    try {
      return instance.isRecording() ? null : StopReason.SWITCHED_OFF;
    } catch (TracefsException e) {
      // Its events are gone with their module, or tracefs has been unmounted.
      tell.accept(e.getMessage());
      return StopReason.SWITCHED_OFF;
    }
  }

  /** Threads whose CPUs are gone the kernel lets run on any (kernel/sched, select_fallback_rq). */
  private void keepOffTracedCpus() {
    BitSet left = host.online();
    left.and(host.allowed());
    left.andNot(traced);
    try {
      threads.confine(left);
    } catch (IOException e) {
      tell.accept(e.getMessage());
    }
  }

  @Override
  public boolean hasEvents() throws IOException {
    for (int cpu : traced.stream().toArray()) {
      if (BufferStats.parse(instance.stats(cpu)).entries() > 0) {
        return true;
      }
    }
    return false;
  }
}
