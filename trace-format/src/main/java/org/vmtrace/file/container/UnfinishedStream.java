package org.vmtrace.file.container;

import org.vmtrace.ring.Endian;

/**
 * A stream whose size was never written.
 *
 * @param sizeAt where the size belongs in the file
 * @param endian the file's byte order
 * @param offset where the data begins
 * @param bytes the whole pages that there are
 * @param pageBytes size of a page
 */
public record UnfinishedStream(
    long sizeAt, Endian endian, long offset, long bytes, int pageBytes) {}
