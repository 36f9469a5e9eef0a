#!/usr/bin/env bash
# Waits for the JVM with the process id $1 to end, then makes the class-data archive $2 of the class
# path $3 from the classes that the JVM noted, if they hold the class $4. Run by class-data.sh.
set -euo pipefail
pid=$1 archive=$2 classpath=$3 sign=$4
classes=$archive.$pid.classes
made=$archive.$pid.new
trap 'rm -f "$classes" "$made"' EXIT

tail --pid="$pid" -f /dev/null
grep -q "^$sign" "$classes"
cache=$(dirname "$archive")
exec {lock}<"$cache"
flock -n "$lock"
"$JAVA_HOME/bin/java" -Xmx1g -XX:TieredStopAtLevel=1 -XX:+IgnoreUnrecognizedVMOptions \
  -Xshare:dump -XX:SharedClassListFile="$classes" -XX:SharedArchiveFile="$made" -cp "$classpath"
mv -f "$made" "$archive"
# Those that no start has used for a day, and what a crash may have left.
find "$cache" -maxdepth 1 -type f -name '*.jsa*' -mtime +0 -delete
