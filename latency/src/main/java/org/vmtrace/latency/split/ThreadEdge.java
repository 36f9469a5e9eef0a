package org.vmtrace.latency.split;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.vmtrace.latency.pair.OpenExit;
import org.vmtrace.latency.pair.VcpuSeen;
import org.vmtrace.latency.window.LatencyRun;
import org.vmtrace.latency.window.Peak;
import org.vmtrace.latency.window.TumblingEdge;

/**
 * What a run of one stream's splits must remember of one thread to be joined with its neighbours.
 *
 * @param cutBefore whether a loss or a step back lies before the thread's first event
 * @param pending whether the first event is an entry that nothing is known of yet
 * @param pendingTime its time
 * @param vcpu the vCPU that the thread runs
 * @param open the exit that is open at the end, null where there is none
 * @param headLimit latencies whose entries lie before this are in {@code head}
 * @param head the first latencies, as long as time has not stepped back
 * @param tail the last latencies, since time stepped back last
 * @param sliding the largest sliding sum so far, null without latencies
 * @param busySliding the same without idle latencies
 * @param tumbling the tumbling windows, null without latencies
 */
record ThreadEdge(
    boolean cutBefore,
    boolean pending,
    long pendingTime,
    VcpuSeen vcpu,
    OpenExit open,
    long headLimit,
    LatencyRun head,
    LatencyRun tail,
    Peak sliding,
    Peak busySliding,
    TumblingEdge tumbling) {
  void write(DataOutput out) throws IOException {
    out.writeBoolean(cutBefore);
    out.writeBoolean(pending);
    out.writeLong(pendingTime);
    vcpu.write(out);
    out.writeBoolean(open != null);
    if (open != null) {
      open.write(out);
    }
    out.writeLong(headLimit);
    head.write(out);
    tail.write(out);
    Peak.write(out, sliding);
    Peak.write(out, busySliding);
    TumblingEdge.write(out, tumbling);
  }

  static ThreadEdge read(DataInput in) throws IOException {
    return new ThreadEdge(
        in.readBoolean(),
        in.readBoolean(),
        in.readLong(),
        VcpuSeen.read(in),
        in.readBoolean() ? OpenExit.read(in) : null,
        in.readLong(),
        LatencyRun.read(in),
        LatencyRun.read(in),
        Peak.read(in),
        Peak.read(in),
        TumblingEdge.read(in));
  }
}
