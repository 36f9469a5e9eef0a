package org.vmtrace.latency;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import org.vmtrace.ring.Isa;

/**
 * One latency with its place: an entry of the list of the worst.
 *
 * @param exitTime when the guest was left
 * @param entryTime when it was entered again
 * @param thread the thread's {@code common_pid}
 * @param cpu the CPU of the entry
 * @param vcpu the vCPU's number in the exit, -1 where it does not say
 * @param isa what the code means
 * @param code the exit's reason code
 * @param instructionPointer the guest's in the exit, 0 where it does not say
 */
public record Latency(
    long exitTime,
    long entryTime,
    int thread,
    int cpu,
    int vcpu,
    Isa isa,
    long code,
    long instructionPointer)
    implements Serializable {
  /**
   * The worst first; of equal ones the earlier, then the smaller thread, code, CPU and instruction
   * pointer.
   */
  public static final Comparator<Latency> WORST_FIRST =
      Comparator.comparingLong(Latency::latency)
          .reversed()
          .thenComparingLong(Latency::entryTime)
          .thenComparingInt(Latency::thread)
          .thenComparingLong(Latency::code)
          .thenComparingInt(Latency::cpu)
          .thenComparingLong(Latency::instructionPointer)
          .thenComparing(Latency::isa);

  /** How long the guest did not run, 0 or more. */
  public long latency() {
    return entryTime - exitTime;
  }

  /** Writes it for another process. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(exitTime);
    out.writeLong(entryTime);
    out.writeInt(thread);
    out.writeInt(cpu);
    out.writeInt(vcpu);
    out.writeByte(isa.flags());
    out.writeLong(code);
    out.writeLong(instructionPointer);
  }

  /** Reads what {@link #write} wrote. */
  public static Latency read(DataInput in) throws IOException {
    return new Latency(
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        Isa.ofFlags(in.readByte()),
        in.readLong(),
        in.readLong());
  }
}
