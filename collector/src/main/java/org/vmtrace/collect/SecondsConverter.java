package org.vmtrace.collect;

import org.vmtrace.report.Quantities;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations with a unit, or in seconds without one as the original tool takes them, as ns. */
final class SecondsConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      boolean bare = text.matches("[0-9]+(\\.[0-9]+)?");
      return Quantities.durationNs(bare ? text + "s" : text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
