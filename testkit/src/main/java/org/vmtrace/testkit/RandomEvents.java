package org.vmtrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vmtrace.testkit.PlainEvent.Kind;

/** Plays threads that leave and enter guests on some CPUs, and writes down what each CPU sees. */
final class RandomEvents {
  /** An event before it stands on a page: what a decoder is to read, page and index apart. */
  static final class Planned {
    final PlainEvent event;
    final byte[] payload;

    Planned(PlainEvent event, byte[] payload) {
      this.event = event;
      this.payload = payload;
    }
  }

  private static final long[] VMX_CODES = {0, 1, 10, 12, 30, 32, 36, 48, 52, 67, 68, 99};
  private static final long[] SVM_CODES = {
    0x60, 0x72, 0x78, 0x7b, 0x7c, 0x8b, 0xa6, 0x400, 0x80000001L, 0xffffffffL, 0x999
  };
  private static final long[] ARM_CODES = {0x01, 0x16, 0x18, 0x24, 0x3f};
  private static final long[] RISCV_CODES = {8, 10, 21, 22, Long.MIN_VALUE | 5};

  private final RandomKnobs knobs;
  private final Random random;
  private final List<List<Planned>> streams = new ArrayList<>();
  private final long[] clockOffsets;
  private long now;

  private RandomEvents(RandomKnobs knobs, Random random) {
    this.knobs = knobs;
    this.random = random;
    this.clockOffsets = new long[knobs.streams];
    this.now = knobs.startNs;
  }

  /** The events of each stream in order. */
  static List<List<Planned>> of(RandomKnobs knobs, Random random) {
    RandomEvents events = new RandomEvents(knobs, random);
    events.play();
    return events.streams;
  }

  private void play() {
    int actors = knobs.threads + (knobs.idleThread ? knobs.streams : 0);
    int[] places = new int[actors];
    boolean[] inGuest = new boolean[actors];
    for (int actor = 0; actor < actors; actor++) {
      places[actor] = actor % knobs.streams;
      inGuest[actor] = random.nextBoolean();
    }
    for (int stream = 0; stream < knobs.streams; stream++) {
      streams.add(new ArrayList<>());
    }
    for (int count = 0; count < knobs.events; count++) {
      now += random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(knobs.maxStepNs);
      if (chance(knobs.gapRate)) {
        now += (1L << 27) - 2 + random.nextInt(1 << random.nextInt(31));
      }
      int actor = random.nextInt(actors);
      boolean idleThread = actor >= knobs.threads;
      if (!idleThread && chance(knobs.moveRate)) {
        places[actor] = random.nextInt(knobs.streams);
      }
      int stream = idleThread ? actor - knobs.threads : places[actor];
      if (chance(knobs.stepBackRate)) {
        clockOffsets[stream] -= 1 + random.nextInt(3 * knobs.maxStepNs);
      }
      int pid = idleThread ? 0 : 1000 + actor;
      if (chance(knobs.otherRate)) {
        streams.get(stream).add(other(stream, pid));
        continue;
      }
      if (!chance(knobs.unpairedRate)) {
        inGuest[actor] = !inGuest[actor];
      }
      streams.get(stream).add(inGuest[actor] ? entry(stream, pid) : exit(stream, pid));
    }
  }

  private Planned exit(int stream, int pid) {
    PlainIsa isa = isa();
    long code = code(isa);
    long raw = code;
    boolean failedEntry = false;
    if (isa == PlainIsa.VMX) {
      failedEntry = random.nextInt(10) == 0;
      // bit 31: the entry failed; bits 26 and 27 are modifiers
      raw |= (failedEntry ? 1L << 31 : 0) | (long) random.nextInt(4) << 26;
    }
    EventShape shape = knobs.kvm.exit();
    long pointer = pointer(shape);
    int vcpu = vcpu(pid);
    byte[] payload = knobs.kvm.exit(pid, isa, raw, pointer, vcpu);
    PlainEvent event =
        new PlainEvent(
            Kind.EXIT,
            time(stream),
            pid,
            stream * knobs.cpuStep,
            shape.id(),
            isa,
            code,
            failedEntry,
            false,
            pointer,
            has(shape, "vcpu_id") ? vcpu : null,
            0,
            0);
    return new Planned(event, payload);
  }

  private Planned entry(int stream, int pid) {
    EventShape shape = knobs.kvm.entry();
    boolean immediate = random.nextInt(5) == 0 && has(shape, "immediate_exit");
    long pointer = pointer(shape);
    boolean hasPointer = has(shape, "rip") || has(shape, "vcpu_pc") || has(shape, "pc");
    int vcpu = vcpu(pid);
    byte[] payload = knobs.kvm.entry(pid, pointer, vcpu, immediate);
    PlainEvent event =
        new PlainEvent(
            Kind.ENTRY,
            time(stream),
            pid,
            stream * knobs.cpuStep,
            shape.id(),
            PlainIsa.NONE,
            0,
            false,
            immediate,
            hasPointer ? pointer : null,
            has(shape, "vcpu_id") ? vcpu : null,
            0,
            0);
    return new Planned(event, payload);
  }

  private Planned other(int stream, int pid) {
    boolean message = random.nextInt(3) == 0;
    byte[] payload =
        message ? knobs.kvm.message(pid, "x".repeat(random.nextInt(200))) : knobs.kvm.other(pid);
    int id = message ? knobs.kvm.message().id() : knobs.kvm.other().id();
    PlainEvent event =
        new PlainEvent(
            Kind.OTHER,
            time(stream),
            pid,
            stream * knobs.cpuStep,
            id,
            PlainIsa.NONE,
            0,
            false,
            false,
            null,
            null,
            0,
            0);
    return new Planned(event, payload);
  }

  private long time(int stream) {
    return now + clockOffsets[stream];
  }

  private PlainIsa isa() {
    EventShape exit = knobs.kvm.exit();
    if (has(exit, "isa")) {
      return random.nextInt(3) == 0 ? PlainIsa.VMX : PlainIsa.SVM;
    }
    if (has(exit, "esr_ec")) {
      return random.nextInt(3) == 0 ? PlainIsa.ARM64 : PlainIsa.ARM64_TRAP;
    }
    return has(exit, "scause") ? PlainIsa.RISCV : PlainIsa.NONE;
  }

  private long code(PlainIsa isa) {
    return switch (isa) {
      case NONE, VMX -> oneOf(VMX_CODES);
      case SVM -> oneOf(SVM_CODES);
      case ARM64 -> oneOf(new long[] {0, 1, 3});
      case ARM64_TRAP -> oneOf(ARM_CODES);
      case RISCV -> oneOf(RISCV_CODES);
    };
  }

  private long oneOf(long[] codes) {
    return codes[random.nextInt(codes.length)];
  }

  /** A guest address, 0, small or in the kernel's half, that fits the event's field. */
  private long pointer(EventShape shape) {
    if (random.nextInt(8) == 0) {
      return 0;
    }
    boolean narrow = shape.find("guest_rip").map(field -> field.bytes() == 4).orElse(false);
    long low = 0x1000L + random.nextInt(16);
    return narrow || random.nextBoolean() ? low : 0xffffffff81000000L + low;
  }

  /** Mostly the one of the thread's own: a thread may run several. */
  private int vcpu(int pid) {
    return random.nextInt(8) == 0 ? random.nextInt(7) : pid % 7;
  }

  private static boolean has(EventShape shape, String field) {
    return shape.find(field).isPresent();
  }

  private boolean chance(double rate) {
    return random.nextDouble() < rate;
  }
}
