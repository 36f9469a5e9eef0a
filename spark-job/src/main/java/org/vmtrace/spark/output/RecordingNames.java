package org.vmtrace.spark.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.ring.Isa;

/**
 * What the rows of one recording have in common, each text made once in the form that the rows'
 * taker wants. Not thread-safe.
 */
public final class RecordingNames<T> {
  /** By {@link Isa}, null until one of its reasons comes. */
  private final List<Names<T>> reasons =
      new ArrayList<>(Collections.nCopies(Isa.values().length, null));

  private final Names<T> comms;
  private final RecordingInfo info;
  private final Function<String, T> text;
  final T recording;
  final T host;
  final boolean hasInstructionPointer;

  /**
   * The names of a recording.
   *
   * @param text brings a text into its form
   */
  public RecordingNames(RecordingInfo info, Function<String, T> text) {
    this.info = info;
    this.text = text;
    this.recording = text.apply(info.name());
    this.host = text.apply(info.host());
    this.comms = new Names<>(pid -> text.apply(info.comm((int) pid)));
    this.hasInstructionPointer = info.hasInstructionPointer();
  }

  /** The form that Parquet takes. */
  public static Binary binary(String text) {
    return Binary.fromConstantByteArray(Binary.fromString(text).getBytes());
  }

  /** The recording's name. */
  public T recording() {
    return recording;
  }

  /** The host's name. */
  public T host() {
    return host;
  }

  /** Whether exits tell the guest's instruction pointer. */
  public boolean hasInstructionPointer() {
    return hasInstructionPointer;
  }

  /** The name of a thread. */
  public T comm(int thread) {
    return comms.get(thread);
  }

  /** The name of a reason, see {@link org.vmtrace.latency.pair.LatencyBatch#flags(int)}. */
  public T reason(int flags, long code) {
    Isa isa = Isa.ofFlags(flags);
    int number = isa.flags();
    Names<T> ofIsa = reasons.get(number);
    if (ofIsa == null) {
      ofIsa = new Names<>(any -> text.apply(info.reasons().name(isa, any)));
      reasons.set(number, ofIsa);
    }
    return ofIsa.get(code);
  }
}
