package org.vmtrace.testkit;

/**
 * Why the rest of a page could not be read.
 *
 * @param offset of the bad record from the page's start; 0 where the page as a whole is bad
 */
public record PlainDamage(Cause cause, int offset) {
  /** The closed list of causes; same names as the project's own. */
  public enum Cause {
    /** The commit word claims more data than the page has. */
    COMMIT_EXCEEDS_PAGE,
    /** A page whose stamp is 0. */
    PAGE_STAMP_ZERO,
    /** Fewer than 4 bytes are left for a record's first word. */
    RECORD_WORD_CUT,
    /** The record is longer than the data that are left. */
    RECORD_EXCEEDS_DATA,
    /** type_len 0 with a length of 0. */
    RECORD_LENGTH_ZERO,
    /** type_len 0 with a length below its own 4 bytes. */
    RECORD_LENGTH_SHORT,
    /** Padding longer than the data that are left. */
    PADDING_EXCEEDS_DATA,
    /** Padding with a length below its own 4 bytes. */
    PADDING_LENGTH_SHORT,
    /** Padding without a length, which the kernel writes only where no room for one is. */
    PADDING_BEFORE_END,
    /** A payload without room for the common fields. */
    EVENT_SHORTER_THAN_HEADER,
    /** An exit or entry whose payload lacks fields that its format has. */
    EVENT_SHORTER_THAN_FORMAT,
    /** The file ends inside the page. */
    PAGE_CUT_SHORT,
    /** Compressed pages that do not unpack. */
    CHUNK_UNREADABLE,
    /** A page stamp or a time record that no clock can have given. */
    TIME_OUT_OF_RANGE
  }
}
