#!/usr/bin/env bash
# Checks the built jars and the launchers; run by scripts/test after the build.
set -euo pipefail
lib=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=scripts/lib/common.sh
. "$lib/common.sh"
# shellcheck source=scripts/lib/collector-cpus.sh
. "$lib/collector-cpus.sh"
need_java "$newest_spark_java" javac
export VM_TRACE_NO_CDS=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# Runs the command after the sentence $1 and counts how it went.
check() {
  if "${@:2}" >"$work/output" 2>&1; then
    ((passed += 1))
  else
    ((failed += 1))
    say "failed: $1"
    sed 's/^/    /' "$work/output" >&2
  fi
}

entries() {
  "$JAVA_HOME/bin/jar" tf "$root/$1"
}

job_jar_carries_only_ours() {
  ! entries spark-job/target/vm-trace-analyze.jar | grep -v '/$' | grep -v '^org/vmtrace/\|^META-INF/'
}

job_jar_registers_the_data_source() {
  (cd "$work" && "$JAVA_HOME/bin/jar" xf "$root/spark-job/target/vm-trace-analyze.jar" META-INF/services)
  grep -x org.vmtrace.spark.source.VmTraceSource \
    "$work/META-INF/services/org.apache.spark.sql.sources.DataSourceRegister"
}

collector_jar_carries_only_what_it_needs() {
  ! entries collector/target/vm-trace-collect.jar | grep '^org/apache/\|^scala/'
}

no_module_or_version_entries() {
  ! entries "$1" | grep 'module-info\|META-INF/versions/\|META-INF/.*\.\(SF\|DSA\|RSA\)$'
}

names_main_class() {
  (cd "$work" && "$JAVA_HOME/bin/jar" xf "$root/$1" META-INF/MANIFEST.MF)
  tr -d '\r' <"$work/META-INF/MANIFEST.MF" | grep -x "Main-Class: $2"
}

# A Spark that prints what spark-submit was given, one argument a line.
mkdir -p "$work/spark/bin" "$work/spark/jars" "$work/empty" "$work/bin"
printf '#!/bin/sh\nprintf "%%s\\n" "$@"\n' >"$work/spark/bin/spark-submit"
printf '#!/bin/sh\necho "Maven was called: $*" >&2\nexit 9\n' >"$work/bin/mvn"
chmod +x "$work/spark/bin/spark-submit" "$work/bin/mvn"

submitted() {
  SPARK_HOME=$work/spark "$root/scripts/vm-trace-analyze" "${@:2}" >"$work/submitted" 2>&1
  cat "$work/submitted"
  [[ $(sed -n '/vm-trace-analyze.jar$/,$p' "$work/submitted" | tail -n +2 | tr '\n' '|') == "$1" ]]
}

spark_options_come_before_the_jar() {
  submitted 'a b|*|' --master spark://host:7077 --conf x=y -- 'a b' '*' &&
    sed '/vm-trace-analyze.jar$/,$d' "$work/submitted" | tr '\n' '|' |
    grep -F -- '--master|spark://host:7077|--conf|x=y|'
}

# A Java that prints what it was given, one argument a line.
mkdir -p "$work/printing/bin"
echo 'JAVA_VERSION="17"' >"$work/printing/release"
cat >"$work/printing/bin/java" <<'JAVA'
#!/bin/sh
printf '%s\n' "$@" "local ip $SPARK_LOCAL_IP"
JAVA
chmod +x "$work/printing/bin/java"

java_is_given() {
  env -u SPARK_HOME -u SPARK_LOCAL_IP JAVA_HOME="$work/printing" \
    "$root/scripts/vm-trace-analyze" "$@" | tee "$work/printed"
}

properties_file_counts_as_if_its_lines_were_options() {
  cat >"$work/properties" <<'PROPERTIES'
# spark.master local
spark.master  local[2]
 spark.master = spark://host:7077
spark.driver.memory: 3g
sparkXdriver.memory 5g
spark.driver.extraClassPath=/extra/*
PROPERTIES
  java_is_given "$@" -- x
  grep -x -- "-Xmx3g" "$work/printed" && grep '^/extra/\*:' "$work/printed" &&
    grep -x 'local ip ' "$work/printed" && ! grep -x 'local\[\*\]' "$work/printed"
}

# Files of one MiB and of four GiB, without anything in them, each alone in a folder.
mkdir -p "$work/little" "$work/much/below"
truncate -s 1M "$work/little/trace.bin"
truncate -s 4G "$work/much/below/trace.bin"

# What takes a moment is left to the quick compiler.
optimises_nothing() {
  java_is_given "$@"
  grep -x -- -XX:TieredStopAtLevel=1 "$work/printed"
}

optimises_late() {
  ! optimises_nothing "$@" && grep '^-XX:Tier4' "$work/printed"
}

says_version() {
  [[ $("$root/scripts/$1" --version) == "$1 "[0-9]* ]]
}

works_through_a_link() {
  ln -sf "$root/scripts/$1" "$work/link"
  (cd "$work/empty" && "$work/link" --version)
}

does_not_build_what_is_fresh() {
  PATH=$work/bin:$PATH says_version "$1"
}

# In a copy of the tree, with a Maven that fails: the launcher says so and names the log.
names_the_log_of_a_failed_build() {
  local output status=0
  mkdir -p "$work/tree/$2"
  cp -r "$root/scripts" "$root/pom.xml" "$work/tree/"
  output=$(PATH=$work/bin:$PATH "$work/tree/scripts/$1" --version 2>&1) || status=$?
  echo "$output"
  [[ $status == 1 && $output == *"$2/target/launch-build.log" ]]
}

# In a copy of the tree, with a Maven that writes into the jar that is there, as the real one does.
leaves_the_jar_of_a_running_program_alone() {
  local running jar=$work/tree/$2/target/$1.jar
  mkdir -p "${jar%/*}" "$work/writing"
  cp -r "$root/scripts" "$root/pom.xml" "$work/tree/"
  printf '#!/bin/sh\necho new >"%s"\nexit 9\n' "$jar" >"$work/writing/mvn"
  chmod +x "$work/writing/mvn"
  echo old >"$jar"
  touch -d 2001-01-01 "$jar"
  exec {running}<"$jar"
  PATH=$work/writing:$PATH "$work/tree/scripts/$1" --version || true
  [[ $(<"$jar") == new && $(cat <&"$running") == old ]]
}

# A capture with the arguments after $1 starts on the CPUs $1.
starts_on() {
  local cpus
  cpus=$(collector_cpus "${@:2}")
  echo "$cpus"
  [[ $cpus == "$1" ]]
}

# The CPUs on which this may run but $1.
untraced_cpus() {
  cpu_numbers "$(sed -n 's/^Cpus_allowed_list:[[:blank:]]*//p' /proc/self/status)" |
    grep -vx "$1" | paste -sd , -
}

# A Java that prints where the process may run that waits to make a class-data archive.
waiting_java() {
  mkdir -p "$work/jdk/bin" "$work/jdk/lib/server" "$work/cache"
  echo 'JAVA_VERSION="17"' >"$work/jdk/release"
  : >"$work/jdk/lib/server/libjvm.so"
  cat >"$work/jdk/bin/java" <<'JAVA'
#!/usr/bin/env bash
for ((tries = 0; tries < 600; tries++)); do
  if waiter=$(pgrep -f "archive-classes.sh $$ "); then break; fi
  sleep 0.1
done
sed -n 's/^Cpus_allowed_list:[[:blank:]]*//p' "/proc/$waiter/status"
JAVA
  chmod +x "$work/jdk/bin/java"
}

class_data_keeps_off_the_traced_cpu() {
  local last cpus
  last=$(cpu_numbers "$(sed -n 's/^Cpus_allowed_list:[[:blank:]]*//p' /proc/self/status)" | tail -n 1)
  waiting_java
  cpus=$(env -u VM_TRACE_NO_CDS JAVA_HOME="$work/jdk" XDG_CACHE_HOME="$work/cache" \
    "$root/scripts/vm-trace-collect" -p "$last" -s 1)
  echo "traced $last, the waiting process may run on $cpus"
  [[ -n $cpus ]] && ! cpu_numbers "$cpus" | grep -qx "$last"
}

refuses_a_spark_home_without_spark() {
  local status=0
  SPARK_HOME=$work/empty "$root/scripts/vm-trace-analyze" x >"$work/refused" 2>&1 || status=$?
  cat "$work/refused"
  [[ $status == 1 ]] && grep 'SPARK_HOME' "$work/refused"
}

makes_no_home() {
  (cd "$work/empty" && env -u VM_TRACE_NO_CDS HOME="$work/none" XDG_CACHE_HOME=relative \
    "$root/scripts/vm-trace-collect" --version)
  [[ ! -e $work/none && -z $(ls -A "$work/empty") ]]
}

reads_any_name_in_any_locale() {
  local example=("$root"/examples/*.dat)
  cp "${example[0]}" "$work/spur-日本.dat"
  LC_ALL=C "$root/scripts/vm-trace-collect" -f "$work/spur-日本.dat" && rm "$work/spur-日本.dat"
}

check 'the job jar holds neither Spark, Hadoop nor Scala' job_jar_carries_only_ours
check 'the job jar registers the data source' job_jar_registers_the_data_source
check 'the collector jar holds neither' collector_jar_carries_only_what_it_needs
for jar in spark-job/target/vm-trace-analyze.jar collector/target/vm-trace-collect.jar; do
  check "$jar has no signatures, modules or versions" no_module_or_version_entries "$jar"
done
check 'the job jar names its main class' \
  names_main_class spark-job/target/vm-trace-analyze.jar org.vmtrace.spark.VmTraceAnalyze
check 'the collector jar names its main class' \
  names_main_class collector/target/vm-trace-collect.jar org.vmtrace.collect.VmTraceCollect
check 'without -- all arguments are the job'\''s' submitted '--top|3|a b|' --top 3 'a b'
check 'what stands before -- goes to spark-submit' spark_options_come_before_the_jar
check 'only the first -- counts' submitted '--|x|' -- -- x
for script in vm-trace-analyze vm-trace-collect; do
  check "$script says its version" says_version "$script"
  check "$script works through a link" works_through_a_link "$script"
  check "$script does not build what is fresh" does_not_build_what_is_fresh "$script"
done
check "a properties file's lines count" \
  properties_file_counts_as_if_its_lines_were_options --properties-file "$work/properties"
check 'also after an equals sign' \
  properties_file_counts_as_if_its_lines_were_options "--properties-file=$work/properties"
check 'for a small file the job is not optimised' optimises_nothing "$work/little/trace.bin"
check 'nor for a folder of small files' optimises_nothing "$work/little" -o "$work/much"
check 'for a large file it is, late' optimises_late "$work/little" "$work/much/below/trace.bin"
check 'and for a folder with large files' optimises_late "$work/much"
check 'and for what does not lie here' optimises_late "$work/little" hdfs://host/traces
check 'and for a pattern' optimises_late "$work/little" "$work/mu*/below"
check 'where the result goes does not count' optimises_nothing "$work/little" -o hdfs://host/result
check 'a SPARK_HOME without Spark is refused' refuses_a_spark_home_without_spark
check 'no home folder is made' makes_no_home
check 'names that are not ASCII are read in any locale' reads_any_name_in_any_locale
check 'a failed build of the job names its log' names_the_log_of_a_failed_build vm-trace-analyze spark-job
check 'a failed build of the collector names its log' \
  names_the_log_of_a_failed_build vm-trace-collect collector
check 'a build leaves the jar of a running job alone' \
  leaves_the_jar_of_a_running_program_alone vm-trace-analyze spark-job
check 'a build leaves the jar of a running collector alone' \
  leaves_the_jar_of_a_running_program_alone vm-trace-collect collector
check 'a capture starts on the CPUs of -c' starts_on 3 -p 5 -c 3 -s 1
check 'options may stand together' starts_on 3 -qp5 -vc=3
check 'and on those of --helper-cpus' starts_on 3,6,7 --trace-cpus=5 -c 3 --helper-cpus 6-7
check '--helper-cpus alone leaves the choice of the collecting CPU' \
  starts_on "$(untraced_cpus 65535)" -p 65535 --helper-cpus 65535
check 'what is no capture starts anywhere' starts_on '' -vf trace.bin
if (($(nproc) > 1)); then
  check 'making a class-data archive keeps off the traced CPU' class_data_keeps_off_the_traced_cpu
else
  say 'skipped: with one CPU nothing keeps off the traced one'
fi
if command -v shellcheck >/dev/null; then
  check 'shellcheck has nothing to say' env -C "$root" shellcheck -x scripts/vm-trace-* scripts/*test \
    scripts/bench* scripts/e2e-kvm scripts/fuzz scripts/e2e/*.sh scripts/lib/*.sh .ci/run
fi

printf '\n%s\n' "scripts: $passed passed, $failed failed"
((failed == 0))
