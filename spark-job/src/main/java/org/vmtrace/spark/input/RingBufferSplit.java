package org.vmtrace.spark.input;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.vmtrace.file.Extent;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.TraceFile;

/**
 * A run of pages of one stream of a trace: those whose first byte (of packed streams: whose chunk's
 * first byte) lies within [{@link #getStart()}, {@link #getStart()} + {@link #getLength()}) of the
 * file.
 */
public final class RingBufferSplit extends FileSplit implements Externalizable {
  private static final long serialVersionUID = 1;

  private transient String[] hosts = new String[0];
  private int stream;
  private String buffer;
  private int cpu;
  private boolean cut;
  private long firstChunk;
  private long fileBytes;
  private long modified;
  private long recordingId;

  /** For Hadoop, which fills it by {@link #readFields}. */
  public RingBufferSplit() {}

  private RingBufferSplit(
      FoundFile file,
      long recordingId,
      PageStream stream,
      Extent extent,
      boolean cut,
      String[] hosts) {
    super(file.path(), extent.start(), extent.end() - extent.start(), hosts);
    this.hosts = hosts;
    this.recordingId = recordingId;
    this.stream = stream.index();
    this.buffer = stream.buffer();
    this.cpu = stream.cpu();
    this.cut = cut;
    this.firstChunk = extent.firstChunk();
    this.fileBytes = file.bytes();
    this.modified = file.modified();
  }

  /**
   * Cuts the streams of a file into splits, stream by stream in the order of their pages.
   *
   * @param found the file that they lie in
   * @param file the same, opened
   * @param bytes what a split should have, at least 1; rounded up to whole pages
   */
  public static List<RingBufferSplit> of(FoundFile found, TraceFile file, long bytes)
      throws IOException {
    long recordingId = file.metadata().recordingId();
    List<RingBufferSplit> splits = new ArrayList<>();
    for (PageStream stream : file.streams()) {
      List<Extent> extents = stream.extents(file.input(), bytes);
      for (int i = 0; i < extents.size(); i++) {
        Extent extent = extents.get(i);
        boolean cut = stream.cut() && i == extents.size() - 1;
        String[] hosts = hosts(found, extent.start());
        splits.add(new RingBufferSplit(found, recordingId, stream, extent, cut, hosts));
      }
    }
    return splits;
  }

  /** The nodes that have the block in which a byte lies. */
  private static String[] hosts(FoundFile file, long offset) throws IOException {
    for (BlockLocation block : file.blocks()) {
      if (offset >= block.getOffset() && offset < block.getOffset() + block.getLength()) {
        return block.getHosts();
      }
    }
    return new String[0];
  }

  /** The stream's number in its file, from 0. */
  public int stream() {
    return stream;
  }

  /** Name of the stream's buffer (instance), empty for the top one. */
  public String buffer() {
    return buffer;
  }

  /** The stream's CPU. */
  public int cpu() {
    return cpu;
  }

  /** Whether there were events behind it that the file does not have. */
  public boolean cut() {
    return cut;
  }

  /** Nodes on which reading it is cheap; none where nobody knows, or after {@link #readFields}. */
  @Override
  public String[] getLocations() {
    return hosts.clone();
  }

  /** The run of bytes. */
  public Extent extent() {
    return new Extent(getStart(), getStart() + getLength(), firstChunk);
  }

  /** Length of the file when it was listed, in bytes. */
  long fileBytes() {
    return fileBytes;
  }

  /** When the file had been changed last then, as its file system says. */
  long modified() {
    return modified;
  }

  /** The id that the file's header gave its recording then; 0 for none. */
  long recordingId() {
    return recordingId;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    super.write(out);
    out.writeInt(stream);
    out.writeUTF(buffer);
    out.writeInt(cpu);
    out.writeBoolean(cut);
    out.writeLong(firstChunk);
    out.writeLong(fileBytes);
    out.writeLong(modified);
    out.writeLong(recordingId);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    super.readFields(in);
    stream = in.readInt();
    buffer = in.readUTF();
    cpu = in.readInt();
    cut = in.readBoolean();
    firstChunk = in.readLong();
    fileBytes = in.readLong();
    modified = in.readLong();
    recordingId = in.readLong();
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    write(out);
    out.writeObject(hosts);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    readFields(in);
    hosts = (String[]) in.readObject();
  }

  @Override
  public String toString() {
    return super.toString() + (buffer.isEmpty() ? "" : " " + buffer) + " cpu " + cpu;
  }
}
