package org.vmtrace.recording;

import java.io.Serializable;
import org.vmtrace.file.PageStream;

/**
 * What a file's header says of one of its streams.
 *
 * @param index the stream's number in its file
 * @param buffer the buffer's name, empty for the top one
 * @param cpu the CPU
 * @param clock the stream's trace clock, empty where the file does not say
 */
public record StreamFacts(int index, String buffer, int cpu, String clock) implements Serializable {
  static StreamFacts of(PageStream stream) {
    return new StreamFacts(stream.index(), stream.buffer(), stream.cpu(), stream.clock());
  }
}
