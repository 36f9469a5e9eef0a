package org.vmtrace.ring;

/**
 * Why a page could not be read to its end. The list is closed; what was read before the cause
 * counts, and reading goes on with the next page.
 */
public enum Damage {
  /** The commit word says more bytes than a page has. */
  COMMIT_EXCEEDS_PAGE("the commit word says more data than a page holds"),
  /** No kernel clock gives 0: the page was never written, as in the hole of a file. */
  PAGE_STAMP_ZERO("the page's time stamp is 0, as if it was never written"),
  /** Fewer than four bytes are left for a record's first word. */
  RECORD_WORD_CUT("the data ends within a record's first word"),
  /** A record's length leads past the valid data. */
  RECORD_EXCEEDS_DATA("a record leads past the end of the data"),
  /** A record of type 0 with length 0, as on a page that was never filled. */
  RECORD_LENGTH_ZERO("a record has length 0"),
  /** A record of type 0 whose length does not count its own four bytes. */
  RECORD_LENGTH_SHORT("a record is shorter than its own length word"),
  /** A padding record whose length leads past the valid data. */
  PADDING_EXCEEDS_DATA("a padding record leads past the end of the data"),
  /** A padding record whose length does not count its own four bytes. */
  PADDING_LENGTH_SHORT("a padding record is shorter than its own length word"),
  /**
   * Padding without a length where there is room for one: the kernel writes it only in the last
   * four bytes.
   */
  PADDING_BEFORE_END("padding to the end of the page begins too early"),
  /** An event without room for its common fields. */
  EVENT_SHORTER_THAN_HEADER("an event is shorter than the common fields"),
  /** An exit or entry without room for the fields of its format. */
  EVENT_SHORTER_THAN_FORMAT("an exit or entry is shorter than its format"),
  /** The file ends within the page. */
  PAGE_CUT_SHORT("the file ends within the page"),
  /** A compressed chunk could not be unpacked. */
  CHUNK_UNREADABLE("a compressed chunk cannot be unpacked"),
  /** A page's stamp, or a time record, gives a time that no clock can have reached. */
  TIME_OUT_OF_RANGE("a time is out of range");

  private static final Damage[] VALUES = values();
  private final String text;

  Damage(String text) {
    this.text = text;
  }

  /** What is wrong, as part of a sentence. */
  public String text() {
    return text;
  }

  /** The number that stands for this in a {@link EventBatch#DAMAGE} row. */
  @SuppressWarnings("EnumOrdinal") // read again by the same program only
  public int code() {
    return ordinal();
  }

  /** The cause in a {@link EventBatch#DAMAGE} row. */
  public static Damage ofCode(long code) {
    return VALUES[(int) code];
  }
}
