package org.vmtrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.vmtrace.testkit.RandomEvents.Planned;

/**
 * A recording made up from a seed: as the list of events that a decoder is to find, and as the
 * bytes that it finds them in. The same seed and knobs give the same recording.
 */
public final class RandomRecording {
  private final long seed;
  private final RandomKnobs knobs;
  private final PlainRecording recording;
  private final Map<Integer, byte[]> pages = new TreeMap<>();

  private RandomRecording(long seed, RandomKnobs knobs, Random random, String name) {
    this.seed = seed;
    this.knobs = knobs;
    List<PlainStream> streams = new ArrayList<>();
    List<List<Planned>> planned = RandomEvents.of(knobs, random);
    for (int stream = 0; stream < planned.size(); stream++) {
      int cpu = stream * knobs.cpuStep;
      RandomPages built = RandomPages.of(knobs, random, cpu, planned.get(stream));
      streams.add(built.expected());
      pages.put(cpu, built.toBytes());
    }
    Map<Integer, String> comms = new TreeMap<>();
    for (int thread = 0; thread < knobs.threads; thread++) {
      comms.put(1000 + thread, "CPU " + thread + "/KVM");
    }
    recording = new PlainRecording(name, "host" + Math.floorMod(seed, 3), streams, comms);
  }

  /** A recording whose knobs are drawn from the seed too. */
  public static RandomRecording of(long seed) {
    Random random = new Random(seed);
    return new RandomRecording(seed, RandomKnobs.of(random), random, "random-" + seed);
  }

  /** A recording with chosen knobs. */
  public static RandomRecording of(long seed, RandomKnobs knobs) {
    return new RandomRecording(seed, knobs, new Random(seed), "random-" + seed);
  }

  /** The seed that it was made of. */
  public long seed() {
    return seed;
  }

  /** What a decoder is to find. Its name is {@code random-SEED}. */
  public PlainRecording recording() {
    return recording;
  }

  /** The page layout. */
  public PageShape shape() {
    return knobs.shape;
  }

  /** The kernel's events. */
  public KvmEvents kvm() {
    return knobs.kvm;
  }

  /** The pages by CPU. */
  public Map<Integer, byte[]> pages() {
    return pages;
  }

  /** Lengths of windows whose edges fall between and onto this recording's events. */
  public List<Long> windowsNs() {
    long step = knobs.maxStepNs;
    return List.of(1L, step, 7 * step, 1000 * step);
  }

  /**
   * A trace.dat with the pages, the formats, the threads' names, the host and the seed as its id.
   */
  public TraceDatBuilder traceDat() {
    TraceDatBuilder file = new TraceDatBuilder(knobs.shape).events(knobs.kvm);
    recording.comms().forEach(file::comm);
    file.uname("Linux " + recording.host() + " 6.1.0 x86_64").traceId(seed);
    pages.forEach(file::pages);
    return file;
  }

  @Override
  public String toString() {
    return recording.name();
  }
}
