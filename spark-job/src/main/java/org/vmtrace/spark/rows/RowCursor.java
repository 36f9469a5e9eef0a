package org.vmtrace.spark.rows;

import java.io.Closeable;
import java.util.Iterator;

/**
 * The rows of one task, batch by batch. Always the same object, pointed at other rows. What fails
 * while reading is thrown as {@link java.io.UncheckedIOException}.
 */
public interface RowCursor extends Iterator<TableBatch>, Closeable {}
