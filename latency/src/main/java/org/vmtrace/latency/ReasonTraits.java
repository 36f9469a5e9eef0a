package org.vmtrace.latency;

import java.io.Serializable;
import org.vmtrace.ring.Isa;

/** What the analysis must know of an exit reason. */
public interface ReasonTraits extends Serializable {
  /** Whether the guest itself gave the CPU up with such an exit (HLT, MWAIT …). */
  boolean idle(Isa isa, long code);

  /** Whether the user asked to leave latencies of this reason out of everything. */
  boolean excluded(Isa isa, long code);
}
