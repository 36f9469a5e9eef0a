package org.vmtrace.event;

import java.util.ArrayList;
import java.util.List;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.PageLayout;

/**
 * Reads {@code events/header_page}, the kernel's description of a ring-buffer page. It alone tells
 * the kernel's word size (the size of {@code commit}) and the size of a sub-buffer:
 *
 * <pre>
 * 	field: u64 timestamp;	offset:0;	size:8;	signed:0;
 * 	field: local_t commit;	offset:8;	size:8;	signed:1;
 * 	field: int overwrite;	offset:8;	size:1;	signed:1;
 * 	field: char data;	offset:16;	size:4080;	signed:1;
 * </pre>
 *
 * {@code overwrite} is no field of its own: it stands for the flag bits within {@code commit}.
 */
public final class HeaderPage {
  private HeaderPage() {}

  /**
   * The page layout that the text describes.
   *
   * @param endian the byte order of the recording
   * @throws FormatTextException if the text is empty (kernels up to 2.6.30, which had another
   *     record layout) or describes a page that no kernel has
   */
  public static PageLayout parse(String text, Endian endian) throws FormatTextException {
    if (text.isBlank()) {
      throw new FormatTextException(
          "header_page is empty: kernels up to 2.6.30 wrote other records, which cannot be read");
    }
    List<EventField> fields = new ArrayList<>();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (FieldLine.matches(line)) {
        fields.add(FieldLine.parse(line));
      }
    }
    EventField timestamp = find(fields, "timestamp");
    EventField commit = find(fields, "commit");
    EventField data = find(fields, "data");
    if (timestamp.offset() != 0 || timestamp.bytes() != 8) {
      throw new FormatTextException("header_page: the time stamp must be 8 bytes at offset 0");
    }
    if (commit.bytes() != 4 && commit.bytes() != 8) {
      throw new FormatTextException(
          "header_page: commit must have 4 or 8 bytes, not " + commit.bytes());
    }
    if (commit.offset() < timestamp.end() || data.offset() < commit.end()) {
      throw new FormatTextException(
          "header_page: time stamp, commit and data must follow one another without overlap");
    }
    if (data.bytes() <= 0) {
      throw new FormatTextException("header_page: a page must have room for data");
    }
    try {
      return new PageLayout(data.end(), commit.offset(), commit.bytes(), data.offset(), endian);
    } catch (IllegalArgumentException e) {
      throw new FormatTextException("header_page: " + e.getMessage(), e);
    }
  }

  private static EventField find(List<EventField> fields, String name) throws FormatTextException {
    for (EventField field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    throw new FormatTextException("header_page has no field " + name);
  }
}
