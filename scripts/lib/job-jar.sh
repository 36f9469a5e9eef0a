# The job's jar. Sourced, not run, after common.sh.
# shellcheck shell=bash disable=SC2154

job_jar=$root/spark-job/target/vm-trace-analyze.jar

job_jar_is_fresh() {
  fresh "$job_jar" trace-format latency cli spark-job
}

# Builds the jar unless it is there and up to date. Needs a JDK, see need_java.
build_job_jar() {
  job_jar_is_fresh || build spark-job "$job_jar" job_jar_is_fresh
}

# Makes $2 traces with threads that move between CPUs in the folder $1; compiles into the folder $3.
make_moved_traces() {
  "$JAVA_HOME/bin/javac" -nowarn -sourcepath "$root/testkit/src/main/java" -d "$3" \
    "$root/spark-job/src/test/java/org/vmtrace/spark/script/MadeTraces.java"
  "$JAVA_HOME/bin/java" -cp "$3" org.vmtrace.spark.script.MadeTraces "$1" "$2"
}
