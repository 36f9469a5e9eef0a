package org.vmtrace.spark.source;

import org.apache.spark.unsafe.types.UTF8String;

/** Those rows of a column that filters have left. */
final class SelectedVector extends TableVector {
  private final TableVector all;
  private final Selection selection;

  SelectedVector(TableVector all, Selection selection) {
    super(all.dataType(), all.hasNull() ? row -> all.isNullAt(selection.row(row)) : null);
    this.all = all;
    this.selection = selection;
  }

  @Override
  public boolean getBoolean(int row) {
    return all.getBoolean(selection.row(row));
  }

  @Override
  public int getInt(int row) {
    return all.getInt(selection.row(row));
  }

  @Override
  public long getLong(int row) {
    return all.getLong(selection.row(row));
  }

  @Override
  public UTF8String getUTF8String(int row) {
    return all.getUTF8String(selection.row(row));
  }
}
