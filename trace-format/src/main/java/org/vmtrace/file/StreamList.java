package org.vmtrace.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.vmtrace.ring.PageLayout;

/**
 * Collects the streams that a file states, in its order, and says what is wrong with their places.
 */
final class StreamList {
  /** 8,192 CPUs in 32 buffers. */
  private static final int MAX_CPUS = 1 << 18;

  private final SeekableInput input;
  private final long fileBytes;
  private final Findings findings;
  private final List<Claim> claims = new ArrayList<>();
  private final TreeSet<String> buffers = new TreeSet<>();

  /** A CPU's data as the file states it; it may be empty or lead past the end. */
  private record Claim(
      String buffer,
      int cpu,
      PageLayout layout,
      String clock,
      long offset,
      long bytes,
      Compression compression) {
    /** The same with another number of bytes. */
    Claim of(long otherBytes) {
      return new Claim(buffer, cpu, layout, clock, offset, otherBytes, compression);
    }
  }

  StreamList(SeekableInput input, long fileBytes, Findings findings) {
    this.input = input;
    this.fileBytes = fileBytes;
    this.findings = findings;
  }

  /**
   * Adds a CPU.
   *
   * @param headerEnd the end of what was read of the header; no data can lie before it
   */
  void add(
      String buffer,
      int cpu,
      PageLayout layout,
      String clock,
      long offset,
      long bytes,
      Compression compression,
      long headerEnd)
      throws TraceFormatException {
    if (bytes < 0 || offset < 0 || bytes > Long.MAX_VALUE - offset) {
      throw new TraceFormatException(
          input.name(),
          headerEnd,
          nameOf(buffer, cpu)
              + " is said to have "
              + Long.toUnsignedString(bytes)
              + " bytes at "
              + Long.toUnsignedString(offset),
          "the header is damaged");
    }
    if (bytes > 0 && offset < headerEnd) {
      throw new TraceFormatException(
          input.name(),
          headerEnd,
          nameOf(buffer, cpu) + " is said to begin at byte " + offset + ", within the header",
          "the header is damaged");
    }
    buffers.add(buffer.isEmpty() ? "(top)" : buffer);
    if (offset > 0) {
      claims.add(new Claim(buffer, cpu, layout, clock, offset, bytes, compression));
    }
    if (claims.size() > MAX_CPUS) {
      throw new TraceFormatException(
          input.name(),
          headerEnd,
          "there are more than " + MAX_CPUS + " CPUs",
          "the header is damaged");
    }
  }

  private static String nameOf(String buffer, int cpu) {
    return "the data of CPU " + cpu + (buffer.isEmpty() ? "" : " of buffer " + buffer);
  }

  /**
   * The streams that have data; those of one buffer if it is named.
   *
   * @throws TraceFormatException if there is no buffer of that name
   */
  List<PageStream> streams(String onlyBuffer) throws TraceFormatException {
    if (onlyBuffer != null && !buffers.contains(onlyBuffer.isEmpty() ? "(top)" : onlyBuffer)) {
      throw new TraceFormatException(
          input.name(),
          TraceFormatException.NOWHERE,
          "there is no buffer " + onlyBuffer,
          "its buffers are " + String.join(", ", buffers));
    }
    finishUnfinished();
    separate();
    List<PageStream> streams = new ArrayList<>();
    int index = 0;
    for (Claim claim : claims) {
      long there = Math.max(0, Math.min(claim.bytes, fileBytes - claim.offset));
      if (there < claim.bytes) {
        findings.damage(
            "the file is cut short: it has "
                + there
                + " of "
                + claim.bytes
                + " bytes of "
                + nameOf(claim.buffer, claim.cpu));
      }
      if (there > 0) {
        PageStream stream = streamOf(claim, index++, there);
        if (onlyBuffer == null || onlyBuffer.equals(claim.buffer)) {
          streams.add(stream);
        }
      }
    }
    return streams;
  }

  private PageStream streamOf(Claim claim, int index, long bytes) {
    return new PageStream(
        input,
        index,
        claim.buffer,
        claim.cpu,
        claim.layout,
        claim.clock,
        claim.offset,
        bytes,
        claim.compression);
  }

  /**
   * Ends the data of each CPU where that of another begins: no recorder writes bytes for two, and a
   * header made with malice would have a file read as often as it names CPUs.
   */
  private void separate() {
    List<Integer> inOrder = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      if (claims.get(i).bytes > 0) {
        inOrder.add(i);
      }
    }
    inOrder.sort(Comparator.comparingLong(i -> claims.get(i).offset));
    List<Claim> shortened = new ArrayList<>();
    for (int i = 0; i + 1 < inOrder.size(); i++) {
      Claim claim = claims.get(inOrder.get(i));
      long next = claims.get(inOrder.get(i + 1)).offset;
      if (next - claim.offset < claim.bytes) {
        shortened.add(claim);
        claims.set(inOrder.get(i), claim.of(next - claim.offset));
      }
    }
    if (!shortened.isEmpty()) {
      int more = shortened.size() - 1;
      findings.damage(
          nameOf(shortened.get(0).buffer, shortened.get(0).cpu)
              + (more == 0 ? "" : " and of " + more + " more")
              + " is said to run into another CPU's: it is read up to where that begins");
    }
  }

  private void finishUnfinished() {
    int index = unfinishedClaim();
    long bytes = index < 0 ? 0 : wholePages(claims.get(index));
    if (bytes > 0) {
      Claim claim = claims.get(index);
      findings.damage(
          "the recording was not finished: it is read to the last whole page of the file");
      claims.set(index, claim.of(bytes));
    }
  }

  /**
   * A recorder writes the sizes last. Where all of them are 0 and one offset is not, it was stopped
   * before that, and the stream runs to the last whole page of the file. Returns the stream's place
   * in the list, -1 if there is none.
   */
  private int unfinishedClaim() {
    return claims.size() == 1
            && claims.get(0).compression == Compression.NONE
            && claims.get(0).bytes == 0
        ? 0
        : -1;
  }

  private long wholePages(Claim claim) {
    int page = claim.layout.pageBytes();
    return Math.max(0, fileBytes - claim.offset) / page * page;
  }

  /**
   * The unfinished stream of a version 6 file; null if there is none.
   *
   * @param tableAt where the table of CPUs of the top buffer begins
   */
  UnfinishedStream unfinished(long tableAt) {
    int index = unfinishedClaim();
    if (index < 0 || !claims.get(index).buffer.isEmpty()) {
      return null;
    }
    Claim claim = claims.get(index);
    long sizeAt = tableAt + 2L * Long.BYTES * claim.cpu + Long.BYTES;
    return new UnfinishedStream(
        sizeAt, claim.layout.endian(), claim.offset, wholePages(claim), claim.layout.pageBytes());
  }
}
