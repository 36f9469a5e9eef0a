package org.vmtrace.spark.input;

import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.Path;

/**
 * A file that an input path led to.
 *
 * @param shown what the user calls it, for messages; results name it by its whole path
 * @param path where it is
 * @param bytes its length
 * @param modified when it was changed last, as the file system says
 * @param named whether the user named this very file, which then must be a trace; files that were
 *     found in a folder may be anything
 * @param blocks where its bytes lie, as far as the file system says
 */
public record FoundFile(
    String shown, Path path, long bytes, long modified, boolean named, List<BlockLocation> blocks)
    implements Serializable {}
