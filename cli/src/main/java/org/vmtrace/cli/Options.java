package org.vmtrace.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Makes the options of the programs. Not by picocli's annotations: reading those takes a fresh
 * virtual machine a tenth of a second, a third of what {@code -f} needs for a small trace.
 */
public final class Options {
  private Options() {}

  /** An option without a value; see {@link #isGiven}. */
  public static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names).type(boolean.class).description(description).build();
  }

  /** Whether an option of {@link #flag} was given. */
  public static boolean isGiven(OptionSpec flag) {
    return Boolean.TRUE.equals(flag.getValue());
  }

  /** An option with a value that picocli can read; null where it is not given. */
  public static OptionSpec.Builder value(
      Class<?> type, String label, String description, String... names) {
    return OptionSpec.builder(names).type(type).paramLabel(label).description(description);
  }

  /** An option with a value that this reads; null where it is not given. */
  public static <T> OptionSpec.Builder value(
      ITypeConverter<T> converter, String label, String description, String... names) {
    return value(Object.class, label, description, names).converters(converter);
  }
}
