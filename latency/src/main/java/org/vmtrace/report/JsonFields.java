package org.vmtrace.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Writes the kinds of fields that the documents here are made of. */
public final class JsonFields {
  private final JsonGenerator json;

  /** Fields of the object that is being written. */
  public JsonFields(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the fields of one element of a list. */
  public interface Element<T> {
    /** Writes them. */
    void write(T element) throws IOException;
  }

  /** A count of the kernel's, or null where it does not say: there it is negative. */
  public static Long known(long count) {
    return count < 0 ? null : count;
  }

  /** A number or null. */
  public void number(String name, Long value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  /** An array of texts. */
  public void strings(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** An array of objects. */
  public <T> void list(String name, List<T> elements, Element<T> fields) throws IOException {
    json.writeArrayFieldStart(name);
    for (T element : elements) {
      json.writeStartObject();
      fields.write(element);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
