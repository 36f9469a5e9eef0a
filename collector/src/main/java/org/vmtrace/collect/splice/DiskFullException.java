package org.vmtrace.collect.splice;

import java.io.IOException;

/** There was no more room for the pages: disk full, quota used up, or a file as long as allowed. */
public final class DiskFullException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A failure with that error number. */
  DiskFullException(int errno) {
    super(Errno.text(errno));
  }

  /** Whether an error number is of this kind. */
  static boolean isReason(int errno) {
    return errno == Errno.ENOSPC || errno == Errno.EDQUOT || errno == Errno.EFBIG;
  }
}
