package org.vmtrace.spark.source;

import java.util.function.IntPredicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column of the rows that its table points at, read in place. A subclass answers for its one
 * type; Spark asks for no other.
 */
abstract class TableVector extends ColumnVector {
  private final IntPredicate nulls;

  /**
   * A column.
   *
   * @param nulls tells rows whose value is null; null: none is
   */
  TableVector(DataType type, IntPredicate nulls) {
    super(type);
    this.nulls = nulls;
  }

  /** Nothing to let go of: the rows belong to the reader. */
  @Override
  public void close() {}

  @Override
  public boolean hasNull() {
    return nulls != null;
  }

  /** Only told to be 0 or not: nobody counts. */
  @Override
  public int numNulls() {
    return hasNull() ? 1 : 0;
  }

  @Override
  public boolean isNullAt(int row) {
    return nulls != null && nulls.test(row);
  }

  @Override
  public boolean getBoolean(int row) {
    throw otherType();
  }

  @Override
  public byte getByte(int row) {
    throw otherType();
  }

  @Override
  public short getShort(int row) {
    throw otherType();
  }

  @Override
  public int getInt(int row) {
    throw otherType();
  }

  @Override
  public long getLong(int row) {
    throw otherType();
  }

  @Override
  public float getFloat(int row) {
    throw otherType();
  }

  @Override
  public double getDouble(int row) {
    throw otherType();
  }

  @Override
  public ColumnarArray getArray(int row) {
    throw otherType();
  }

  @Override
  public ColumnarMap getMap(int row) {
    throw otherType();
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    throw otherType();
  }

  @Override
  public UTF8String getUTF8String(int row) {
    throw otherType();
  }

  @Override
  public byte[] getBinary(int row) {
    throw otherType();
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw otherType();
  }

  private UnsupportedOperationException otherType() {
    return new UnsupportedOperationException("a column of type " + dataType());
  }
}
