package org.vmtrace.collect;

import java.util.BitSet;
import org.vmtrace.collect.tracefs.CpuList;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lists of CPUs. */
final class CpuListConverter implements ITypeConverter<BitSet> {
  @Override
  public BitSet convert(String text) {
    try {
      return CpuList.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
