package org.vmtrace.spark.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.sources.And;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.IsNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.sources.Not;
import org.apache.spark.sql.sources.Or;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads Spark's filters: those that can be answered exactly, the others are Spark's to apply. */
final class FilterReader {
  private final StructType schema;

  FilterReader(StructType schema) {
    this.schema = schema;
  }

  /** The condition that a filter is; empty where Spark must apply it itself. */
  Optional<RowFilter> read(Filter filter) {
    return Optional.ofNullable(read(filter, false));
  }

  private RowFilter read(Filter filter, boolean negated) {
    if (filter instanceof Not not) {
      return read(not.child(), !negated);
    }
    if (filter instanceof And and) {
      return pair(read(and.left(), negated), read(and.right(), negated), negated);
    }
    if (filter instanceof Or or) {
      return pair(read(or.left(), negated), read(or.right(), negated), !negated);
    }
    Comparison comparison = comparison(filter);
    return comparison == null || !negated
        ? comparison
        : new Comparison(comparison.column(), comparison.op().negated(), comparison.values());
  }

  /** Both, or either. */
  private static RowFilter pair(RowFilter left, RowFilter right, boolean either) {
    if (left == null || right == null) {
      return null;
    }
    List<RowFilter> parts = List.of(left, right);
    return either ? new RowFilter.Any(parts) : new RowFilter.All(parts);
  }

  private Comparison comparison(Filter filter) {
    if (filter instanceof EqualTo equal) {
      return comparison(equal.attribute(), Comparison.Op.IN, equal.value());
    }
    if (filter instanceof In in) {
      return comparison(in.attribute(), Comparison.Op.IN, in.values());
    }
    if (filter instanceof LessThan less) {
      return comparison(less.attribute(), Comparison.Op.LESS, less.value());
    }
    if (filter instanceof LessThanOrEqual less) {
      return comparison(less.attribute(), Comparison.Op.NOT_GREATER, less.value());
    }
    if (filter instanceof GreaterThan greater) {
      return comparison(greater.attribute(), Comparison.Op.GREATER, greater.value());
    }
    if (filter instanceof GreaterThanOrEqual greater) {
      return comparison(greater.attribute(), Comparison.Op.NOT_LESS, greater.value());
    }
    if (filter instanceof IsNull isNull && isColumn(isNull.attribute())) {
      return new Comparison(isNull.attribute(), Comparison.Op.NULL, List.of());
    }
    if (filter instanceof IsNotNull isNotNull && isColumn(isNotNull.attribute())) {
      return new Comparison(isNotNull.attribute(), Comparison.Op.NOT_NULL, List.of());
    }
    return null;
  }

  private Comparison comparison(String column, Comparison.Op op, Object... constants) {
    List<Object> values = new ArrayList<>();
    for (Object constant : constants) {
      values.add(isColumn(column) ? value(column, constant) : null);
    }
    boolean order = op != Comparison.Op.IN;
    boolean understood =
        !values.isEmpty() && !values.contains(null) && (!order || values.get(0) instanceof Long);
    return understood ? new Comparison(column, op, values) : null;
  }

  private boolean isColumn(String column) {
    return Arrays.asList(schema.fieldNames()).contains(column);
  }

  /** A constant as {@link RowFilter} writes values; null if it is not of the column's type. */
  private Object value(String column, Object constant) {
    boolean text = schema.apply(column).dataType().equals(DataTypes.StringType);
    boolean truth = schema.apply(column).dataType().equals(DataTypes.BooleanType);
    if (text || truth) {
      return text == constant instanceof String && truth == constant instanceof Boolean
          ? constant
          : null;
    }
    return constant instanceof Long || constant instanceof Integer
        ? ((Number) constant).longValue()
        : null;
  }
}
