# Class-data archives: they halve the start of a JVM. Sourced, not run.
# shellcheck shell=bash disable=SC2034

# Sets the array class_data to the JVM options that use the archive of the class path $2. The first
# time there is none: then the JVM that this process becomes notes its classes, and an archive is made
# of them in the background once it has ended, provided that they hold the class $3, the sign that it
# got far enough. $1 names the archive. VM_TRACE_NO_CDS=1 turns it all off. Never fails.
use_class_data() {
  local name=$1 classpath=$2 sign=$3 lib=${BASH_SOURCE[0]%/*} cache key archive paths
  class_data=()
  if [[ -n ${VM_TRACE_NO_CDS:-} ]]; then return 0; fi
  if [[ ${XDG_CACHE_HOME:-} == /* ]]; then
    cache=$XDG_CACHE_HOME/vm-trace
  elif [[ -d ${HOME:-} ]]; then
    cache=$HOME/.cache/vm-trace
  else # a system's service has none, or one that is not there on purpose
    return 0
  fi
  [[ -d $cache ]] || mkdir -p "$cache" 2>/dev/null || return 0
  # The JVM itself refuses an archive of another JVM build, class path or file time.
  IFS=: read -r -a paths <<<"$JAVA_HOME/lib/server/libjvm.so:$classpath"
  key=$(stat -L -c '%n %s %Y' -- "${paths[@]}" 2>/dev/null | sha256sum) || return 0
  archive=$cache/$name-${key:0:16}.jsa
  if [[ -r $archive ]]; then
    # An archive that the JVM cannot use is no one's concern; its complaints would go to stdout.
    class_data=("-XX:SharedArchiveFile=$archive" -Xlog:disable -Xlog:all=error:stderr)
    touch -c "$archive" 2>/dev/null || true
  elif [[ -w $cache ]]; then
    class_data=("-XX:DumpLoadedClassList=$archive.$$.classes")
    (setsid nice -n 19 bash "$lib/archive-classes.sh" "$$" "$archive" "$classpath" "$sign" \
      </dev/null >/dev/null 2>&1 &)
  fi
}
