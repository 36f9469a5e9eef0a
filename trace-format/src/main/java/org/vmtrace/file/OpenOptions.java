package org.vmtrace.file;

import java.io.Serializable;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;

/**
 * How to read a file.
 *
 * @param pair the events that make a latency
 * @param formats event formats for files that have none of their own; null if not given
 * @param pageBytes size of a page in bytes; 0: as the file says, else 4096
 * @param buffer the one buffer (instance) to read, empty for the top one; null: all
 */
public record OpenOptions(EventPair pair, EventFormats formats, int pageBytes, String buffer)
    implements Serializable {

  /** kvm's exits and entries, everything else as the file says. */
  public static OpenOptions defaults() {
    return new OpenOptions(EventPair.KVM, null, 0, null);
  }

  public OpenOptions withPair(EventPair other) {
    return new OpenOptions(other, formats, pageBytes, buffer);
  }

  public OpenOptions withFormats(EventFormats other) {
    return new OpenOptions(pair, other, pageBytes, buffer);
  }

  public OpenOptions withPageBytes(int other) {
    return new OpenOptions(pair, formats, other, buffer);
  }

  public OpenOptions withBuffer(String other) {
    return new OpenOptions(pair, formats, pageBytes, other);
  }
}
