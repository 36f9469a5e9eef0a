package org.vmtrace.file.container;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.vmtrace.file.Compression;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFormatException;

/**
 * Collects the streams that a file states, in its order, and says what is wrong with their places.
 */
final class StreamList {
  /** 8,192 CPUs in 32 buffers. */
  private static final int MAX_CPUS = 1 << 18;

  private final SeekableInput input;
  private final long fileBytes;
  private final Findings findings;

  /** As the file states them: they may be empty or lead past the end. Not numbered yet. */
  private final List<PageStream> claims = new ArrayList<>();

  /** Names of buffers, with or without data; the top one is in every file. */
  private final TreeSet<String> buffers = new TreeSet<>(Set.of(""));

  StreamList(SeekableInput input, long fileBytes, Findings findings) {
    this.input = input;
    this.fileBytes = fileBytes;
    this.findings = findings;
  }

  /** Adds a buffer, which may have no CPUs. */
  void addBuffer(String name) {
    buffers.add(name);
  }

  /**
   * Adds a CPU of a buffer that was added.
   *
   * @param claim its data as the file states it; the number does not matter
   * @param headerEnd the end of what was read of the header; no data can lie before it
   */
  void add(PageStream claim, long headerEnd) throws TraceFormatException {
    long offset = claim.offset();
    long bytes = claim.bytes();
    if (bytes < 0 || offset < 0 || bytes > Long.MAX_VALUE - offset) {
      throw new TraceFormatException(
          input.name(),
          headerEnd,
          nameOf(claim)
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
          nameOf(claim) + " is said to begin at byte " + offset + ", within the header",
          "the header is damaged");
    }
    if (offset > 0) {
      claims.add(claim);
    }
    if (claims.size() > MAX_CPUS) {
      throw new TraceFormatException(
          input.name(),
          headerEnd,
          "there are more than " + MAX_CPUS + " CPUs",
          "the header is damaged");
    }
  }

  private static String nameOf(PageStream claim) {
    return "the data of CPU "
        + claim.cpu()
        + (claim.buffer().isEmpty() ? "" : " of buffer " + claim.buffer());
  }

  /**
   * The streams that have data, or had some; those of one buffer if it is named.
   *
   * @throws TraceFormatException if there is no buffer of that name
   */
  List<PageStream> streams(String onlyBuffer) throws TraceFormatException {
    if (onlyBuffer != null && !buffers.contains(onlyBuffer)) {
      List<String> names = buffers.stream().map(name -> name.isEmpty() ? "(top)" : name).toList();
      throw new TraceFormatException(
          input.name(),
          TraceFormatException.NOWHERE,
          "there is no buffer " + onlyBuffer,
          "its buffers are " + String.join(", ", names));
    }
    finishUnfinished();
    separate();
    List<PageStream> streams = new ArrayList<>();
    int index = 0;
    for (PageStream claim : claims) {
      long there = Math.max(0, Math.min(claim.bytes(), fileBytes - claim.offset()));
      if (there < claim.bytes()) {
        findings.damage(
            "the file is cut short: it has "
                + there
                + " of "
                + claim.bytes()
                + " bytes of "
                + nameOf(claim));
      }
      if (claim.bytes() > 0) {
        PageStream stream = with(claim, index++, there, there < claim.bytes());
        if (onlyBuffer == null || onlyBuffer.equals(claim.buffer())) {
          streams.add(stream);
        }
      }
    }
    return streams;
  }

  /**
   * What the file says of a stream, but for its number, its length and whether it was cut. One that
   * lies behind the end of the file begins at the end.
   */
  private PageStream with(PageStream claim, int index, long bytes, boolean cut) {
    return new PageStream(
        index,
        claim.buffer(),
        claim.cpu(),
        claim.layout(),
        claim.clock(),
        Math.min(claim.offset(), fileBytes),
        bytes,
        claim.compression(),
        cut);
  }

  /**
   * Ends the data of each CPU where that of another begins: no recorder writes bytes for two, and a
   * header made with malice would have a file read as often as it names CPUs.
   */
  private void separate() {
    List<Integer> inOrder = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      if (claims.get(i).bytes() > 0) {
        inOrder.add(i);
      }
    }
    inOrder.sort(Comparator.comparingLong(i -> claims.get(i).offset()));
    List<PageStream> shortened = new ArrayList<>();
    for (int i = 0; i + 1 < inOrder.size(); i++) {
      PageStream claim = claims.get(inOrder.get(i));
      long next = claims.get(inOrder.get(i + 1)).offset();
      if (next - claim.offset() < claim.bytes()) {
        shortened.add(claim);
        claims.set(inOrder.get(i), with(claim, 0, next - claim.offset(), false));
      }
    }
    if (!shortened.isEmpty()) {
      int more = shortened.size() - 1;
      findings.damage(
          nameOf(shortened.get(0))
              + (more == 0 ? "" : " and of " + more + " more")
              + " is said to run into another CPU's: it is read up to where that begins");
    }
  }

  private void finishUnfinished() {
    int index = unfinishedClaim();
    long bytes = index < 0 ? 0 : wholePages(claims.get(index));
    if (bytes > 0) {
      PageStream claim = claims.get(index);
      findings.damage(
          "the recording was not finished: it is read to the last whole page of the file");
      claims.set(index, with(claim, 0, bytes, false));
    }
  }

  /**
   * A recorder writes the sizes last. Where all of them are 0 and one offset is not, it was stopped
   * before that, and the stream runs to the last whole page of the file. Returns the stream's place
   * in the list, -1 if there is none.
   */
  private int unfinishedClaim() {
    return claims.size() == 1
            && claims.get(0).compression() == Compression.NONE
            && claims.get(0).bytes() == 0
        ? 0
        : -1;
  }

  private long wholePages(PageStream claim) {
    int page = claim.layout().pageBytes();
    return Math.max(0, fileBytes - claim.offset()) / page * page;
  }

  /**
   * The unfinished stream of a version 6 file; null if there is none.
   *
   * @param tableAt where the table of CPUs of the top buffer begins
   */
  UnfinishedStream unfinished(long tableAt) {
    int index = unfinishedClaim();
    if (index < 0 || !claims.get(index).buffer().isEmpty()) {
      return null;
    }
    PageStream claim = claims.get(index);
    long sizeAt = tableAt + 2L * Long.BYTES * claim.cpu() + Long.BYTES;
    return new UnfinishedStream(
        sizeAt,
        claim.layout().endian(),
        claim.offset(),
        wholePages(claim),
        claim.layout().pageBytes());
  }
}
