package org.vmtrace.latency.pair;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import org.vmtrace.latency.Varints;
import org.vmtrace.ring.EventBatch;

/**
 * What became of exits and entries. With the number of latencies, always: {@code exits = latencies
 * + excluded + unpaired exits + dropped by loss + open at end} and {@code entries = latencies +
 * excluded + unpaired entries}.
 */
public final class PairingCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** What becomes of an exit or entry without making a latency. */
  public enum Outcome {
    EXCLUDED,
    UNPAIRED_EXIT,
    UNPAIRED_ENTRY,
    DROPPED_BY_LOSS,
    OPEN_AT_END
  }

  long exits;
  long entries;
  long excluded;
  long unpairedExits;
  long unpairedEntries;
  long droppedByLoss;
  long openAtEnd;
  long failedEntries;
  long immediateExits;

  /** Exits seen. */
  public long exits() {
    return exits;
  }

  /** Entries seen. */
  public long entries() {
    return entries;
  }

  /** Latencies left out because of their reason. */
  public long excluded() {
    return excluded;
  }

  /** Exits that another exit of the thread followed. */
  public long unpairedExits() {
    return unpairedExits;
  }

  /** Entries without an open exit. */
  public long unpairedEntries() {
    return unpairedEntries;
  }

  /** Exits after which events were lost. */
  public long droppedByLoss() {
    return droppedByLoss;
  }

  /** Exits that nothing followed. */
  public long openAtEnd() {
    return openAtEnd;
  }

  /** Exits by which the CPU refused to enter the guest (bit 31 of a VMX reason). */
  public long failedEntries() {
    return failedEntries;
  }

  /** Entries that KVM had the CPU leave at once. */
  public long immediateExits() {
    return immediateExits;
  }

  /** Counts an exit whose row has these flags. */
  public void sawExit(int flags) {
    exits++;
    failedEntries += (flags & EventBatch.FAILED_ENTRY) == 0 ? 0 : 1;
  }

  /** Counts an entry whose row has these flags. */
  public void sawEntry(int flags) {
    entries++;
    immediateExits += (flags & EventBatch.IMMEDIATE_EXIT) == 0 ? 0 : 1;
  }

  /** Counts what became of an exit or entry that made no latency. */
  public void count(Outcome outcome) {
    switch (outcome) {
      case EXCLUDED -> excluded++;
      case UNPAIRED_EXIT -> unpairedExits++;
      case UNPAIRED_ENTRY -> unpairedEntries++;
      case DROPPED_BY_LOSS -> droppedByLoss++;
      case OPEN_AT_END -> openAtEnd++;
    }
  }

  /** Adds what was counted elsewhere. */
  public void add(PairingCounts other) {
    exits += other.exits;
    entries += other.entries;
    excluded += other.excluded;
    unpairedExits += other.unpairedExits;
    unpairedEntries += other.unpairedEntries;
    droppedByLoss += other.droppedByLoss;
    openAtEnd += other.openAtEnd;
    failedEntries += other.failedEntries;
    immediateExits += other.immediateExits;
  }

  /** Writes it for another process. */
  public void write(DataOutput out) throws IOException {
    Varints.write(out, exits);
    Varints.write(out, entries);
    Varints.write(out, excluded);
    Varints.write(out, unpairedExits);
    Varints.write(out, unpairedEntries);
    Varints.write(out, droppedByLoss);
    Varints.write(out, openAtEnd);
    Varints.write(out, failedEntries);
    Varints.write(out, immediateExits);
  }

  /** Reads what {@link #write} wrote. */
  public static PairingCounts read(DataInput in) throws IOException {
    PairingCounts counts = new PairingCounts();
    counts.exits = Varints.read(in);
    counts.entries = Varints.read(in);
    counts.excluded = Varints.read(in);
    counts.unpairedExits = Varints.read(in);
    counts.unpairedEntries = Varints.read(in);
    counts.droppedByLoss = Varints.read(in);
    counts.openAtEnd = Varints.read(in);
    counts.failedEntries = Varints.read(in);
    counts.immediateExits = Varints.read(in);
    return counts;
  }
}
