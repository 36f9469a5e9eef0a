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
