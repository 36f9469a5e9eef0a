package org.vmtrace.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A buffer of some files: a recording without a name.
 *
 * @param buffer the buffer's name, empty for the top one
 * @param files one or more, sorted by path; they can be added to while groups are made
 * @param copy whether an earlier group has the same recording id and some of the same CPUs
 */
record Group(String buffer, List<FileFacts> files, boolean copy) {
  /** The path of the first file. */
  String path() {
    return files.get(0).path();
  }

  /** The streams of the buffer in all files, by CPU. */
  List<RecordingStream> streams() {
    List<RecordingStream> streams = new ArrayList<>();
    for (FileFacts file : files) {
      for (StreamFacts stream : file.streams(buffer)) {
        streams.add(new RecordingStream(file.path(), stream));
      }
    }
    streams.sort(Comparator.comparingInt(stream -> stream.facts().cpu()));
    return streams;
  }
}
