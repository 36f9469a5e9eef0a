package org.vmtrace.latency.pair;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which vCPU a thread runs, as a run of its events tells: what the last exit names, and where exits
 * name none, the first entry. Nearly always all of them name the same.
 *
 * @param lastOfExits what the last exit names, -1 where none does
 * @param firstOfEntries what the first entry names, -1 where none does or exits do
 */
public record VcpuSeen(int lastOfExits, int firstOfEntries) {
  /** Forgets what does not matter: the same events are the same however they were cut. */
  public VcpuSeen {
    if (lastOfExits >= 0) {
      firstOfEntries = -1;
    }
  }

  /** Nothing was named. */
  public static final VcpuSeen NONE = new VcpuSeen(-1, -1);

  /** This run of events, then another one. */
  public VcpuSeen then(VcpuSeen next) {
    return new VcpuSeen(
        next.lastOfExits >= 0 ? next.lastOfExits : lastOfExits,
        firstOfEntries >= 0 ? firstOfEntries : next.firstOfEntries);
  }

  /** The vCPU, -1 where the events do not say. */
  public int vcpu() {
    return lastOfExits >= 0 ? lastOfExits : firstOfEntries;
  }

  /** Writes it for another process. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(lastOfExits);
    out.writeInt(firstOfEntries);
  }

  /** Reads what {@link #write} wrote. */
  public static VcpuSeen read(DataInput in) throws IOException {
    return new VcpuSeen(in.readInt(), in.readInt());
  }
}
