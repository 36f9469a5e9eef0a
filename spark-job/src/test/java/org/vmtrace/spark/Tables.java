package org.vmtrace.spark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads the Parquet files of a result with DuckDB, an engine that shares no code with Spark. */
final class Tables implements AutoCloseable {
  private final Connection connection;

  /** The tables of a result, as the views {@code latencies} and {@code windows}. */
  Tables(Path result) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    for (String table : List.of("latencies", "windows")) {
      if (result.resolve(table).toFile().exists()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "create view %1$s as select * from read_parquet('%2$s/%1$s/*.parquet')"
                  .formatted(table, result));
          statement.execute(
              ("create view %1$s_in_order as select * exclude (filename, file_row_number) from"
                      + " read_parquet('%2$s/%1$s/*.parquet', filename = true, file_row_number ="
                      + " true) order by filename, file_row_number")
                  .formatted(table, result));
        }
      }
    }
  }

  /** The rows of a query, each as its columns joined by a bar; nulls as {@code -}. */
  List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          String value = result.getString(column);
          row.append(column == 1 ? "" : "|").append(value == null ? "-" : value);
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
