package org.vmtrace.testkit;

import java.util.Random;

/**
 * What a random recording is like: a kernel 6.1 with one CPU and three threads, nothing lost and
 * nothing broken, unless told otherwise. Rates are chances from 0 to 1, taken at every place where
 * the thing can happen.
 */
public final class RandomKnobs {
  PageShape shape = PageShape.X86_64;
  KvmEvents kvm = KvmEvents.linux61();
  int streams = 1;
  int cpuStep = 1;
  int threads = 3;
  boolean idleThread;
  int events = 300;
  long startNs = 1_000_000_000_000L;
  int maxStepNs = 1000;
  double gapRate;
  double moveRate;
  double unpairedRate;
  double otherRate;
  double stepBackRate;
  double pageEndRate;
  double lossRate;
  double damageRate;
  double fillerRate;
  boolean cutLastPage;

  /** All knobs at random, each trouble left out in some recordings: short pages, small steps. */
  public static RandomKnobs of(Random random) {
    RandomKnobs knobs =
        new RandomKnobs()
            .streams(1 + random.nextInt(3), 1 + random.nextInt(2))
            .threads(1 + random.nextInt(5), random.nextInt(4) == 0)
            .events(random.nextInt(400))
            .steps(1 + random.nextInt(30), rate(random, 0.01))
            .moving(random.nextInt(3) == 0 ? rate(random, 0.1) : 0)
            .unpaired(rate(random, 0.1))
            .others(rate(random, 0.3))
            .stepsBack(random.nextInt(3) == 0 ? rate(random, 0.03) : 0)
            .pageEnds(rate(random, 0.3))
            .losses(rate(random, 0.3))
            .damage(rate(random, 0.2))
            .fillers(rate(random, 0.2));
    if (random.nextInt(8) == 0) {
      // more than tables of threads have room for at first
      knobs.threads(20 + random.nextInt(20), knobs.idleThread);
    }
    // the tai clock of today needs more than 59 bits
    return random.nextInt(8) == 0 ? knobs.start(1_795_498_994_785_603_739L) : knobs;
  }

  /** The kernel that writes the pages. */
  public RandomKnobs kernel(PageShape newShape, KvmEvents newKvm) {
    shape = newShape;
    kvm = newKvm;
    return this;
  }

  /** How many CPUs, and the distance of their numbers: 1 for 0, 1, 2. */
  public RandomKnobs streams(int count, int step) {
    streams = count;
    cpuStep = step;
    return this;
  }

  /** How many threads with a pid of their own; whether pid 0 has exits and entries on every CPU. */
  public RandomKnobs threads(int count, boolean withIdleThread) {
    threads = count;
    idleThread = withIdleThread;
    return this;
  }

  /** How many events are offered, those that get lost included. */
  public RandomKnobs events(int count) {
    events = count;
    return this;
  }

  /** A time before all events. */
  public RandomKnobs start(long ns) {
    startNs = ns;
    return this;
  }

  /**
   * The longest ordinary time between two events (a quarter of them come at the same time), and the
   * rate of gaps over 2^27 ns.
   */
  public RandomKnobs steps(int maxNs, double newGapRate) {
    maxStepNs = maxNs;
    gapRate = newGapRate;
    return this;
  }

  /** A thread goes to another CPU before its next event. */
  public RandomKnobs moving(double rate) {
    moveRate = rate;
    return this;
  }

  /** An exit is followed by another exit, or an entry by another entry. */
  public RandomKnobs unpaired(double rate) {
    unpairedRate = rate;
    return this;
  }

  /** Other events come between exits and entries. */
  public RandomKnobs others(double rate) {
    otherRate = rate;
    return this;
  }

  /** The clock of a stream steps back. */
  public RandomKnobs stepsBack(double rate) {
    stepBackRate = rate;
    return this;
  }

  /** A page ends after an event although more would fit. */
  public RandomKnobs pageEnds(double rate) {
    pageEndRate = rate;
    return this;
  }

  /** Events are lost before a page. */
  public RandomKnobs losses(double rate) {
    lossRate = rate;
    return this;
  }

  /** A page ends in a bad record, or cannot be read at all. */
  public RandomKnobs damage(double rate) {
    damageRate = rate;
    return this;
  }

  /** Padding or a discarded event stands before an event. */
  public RandomKnobs fillers(double rate) {
    fillerRate = rate;
    return this;
  }

  /** The last page of every stream lacks some bytes: for bare pages only. */
  public RandomKnobs cutLastPage() {
    cutLastPage = true;
    return this;
  }

  private static double rate(Random random, double most) {
    return random.nextInt(3) == 0 ? 0 : most * random.nextDouble();
  }
}
