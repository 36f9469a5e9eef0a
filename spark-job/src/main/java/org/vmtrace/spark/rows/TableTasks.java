package org.vmtrace.spark.rows;

import java.util.List;

/**
 * A table, cut into what each task reads.
 *
 * @param tasks the parts, in the order of the rows
 * @param readers reads them
 */
public record TableTasks(List<RowTask> tasks, RowReaders readers) {}
