package org.vmtrace.collect.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.vmtrace.file.SeekableInput;

/** A file that is open already; closing this leaves it open. */
record ChannelInput(String name, FileChannel channel) implements SeekableInput {
  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public int read(long position, byte[] buffer, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(buffer, offset, length), position);
  }

  @Override
  public void close() {}
}
