package org.vmtrace.recording;

import java.io.Serializable;

/**
 * A stream of a recording and where it lies.
 *
 * @param path the file
 * @param facts what the file's header says of it
 */
public record RecordingStream(String path, StreamFacts facts) implements Serializable {}
