# Shared by the scripts: where the tree is, a word to the user, the JDK, the build. Sourced, not run.
# shellcheck shell=bash

# File names are bytes; a JVM in another locale cannot name those that are not ASCII.
export LC_ALL=C.UTF-8

root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)

# The newest Java that builds and runs all of it: Hadoop 3.4 needs what Java 24 took away.
# shellcheck disable=SC2034
newest_spark_java=23

say() {
  printf 'vm-trace: %s\n' "$*" >&2
}

die() {
  say "$@"
  exit 1
}

# A JVM takes the colon in the name of its jar for the end of the name.
if [[ $root == *:* ]]; then die "the name of $root has a colon: Java cannot run from there, rename or move it"; fi

# Prints the feature version (8, 17, 21 …) of the Java installation in the folder $1.
java_version() {
  local version=''
  [[ -x $1/bin/java ]] || return 1
  # No sed: each start of a launcher comes by here.
  if [[ -r $1/release && $(<"$1/release") =~ JAVA_VERSION=\"(1\.)?([0-9]+) ]]; then
    version=${BASH_REMATCH[2]}
  fi
  if [[ -z $version ]]; then
    version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 |
      sed -n 's/^ *java\.specification\.version = \(1\.\)\{0,1\}//p') || true
  fi
  [[ -n $version ]] && echo "$version"
}

# Prints the folder of the Java installation behind "java" on the PATH.
java_on_path() {
  local java
  java=$(readlink -f "$(command -v java)") || return 1
  if [[ -e ${java%/bin/java}/release ]]; then
    echo "${java%/bin/java}"
  else # a wrapper
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

# Exports JAVA_HOME: the first installation of version $1 to $2, with the program $3 (java, javac).
find_java() {
  local home version homes=()
  if [[ -n ${JAVA_HOME:-} ]]; then homes+=("$JAVA_HOME"); fi
  if home=$(java_on_path); then homes+=("$home"); fi
  homes+=(/usr/lib/jvm/*/)
  for home in "${homes[@]}"; do
    home=${home%/}
    [[ -x $home/bin/$3 ]] || continue
    version=$(java_version "$home") || continue
    if ((version >= $1 && version <= $2)); then
      export JAVA_HOME=$home
      return 0
    fi
  done
  return 1
}

# Prints the first of the packages that this Debian has.
known_package() {
  local package
  for package; do
    if [[ $(apt-cache show "$package" 2>/dev/null) == *Version:* ]]; then
      echo "$package"
      return 0
    fi
  done
  return 1
}

# Installs a JDK ($1 = jdk), Maven ($2 = maven) or both, or says how.
install_tools() {
  local wanted=() jdk
  if ! command -v apt-get >/dev/null; then
    die "needs a JDK 17 or newer (with javac) and Maven 3.6.3 or newer: please install them"
  fi
  if ((EUID == 0)); then
    say "installing ${1:+a JDK}${1:+${2:+ and }}${2:+Maven} (apt-get)"
    apt-get update -qq >/dev/null 2>&1 || say "apt-get update failed: trying with the old package lists"
  fi
  if [[ -n $1 ]]; then
    jdk=$(known_package openjdk-17-jdk-headless openjdk-21-jdk-headless) || jdk=default-jdk-headless
    wanted+=("$jdk")
  fi
  if [[ -n $2 ]]; then wanted+=(maven); fi
  if ((EUID != 0)); then
    say "needs ${1:+a JDK 17 or newer}${1:+${2:+ and }}${2:+Maven}; this installs what is missing:"
    printf '    sudo apt-get update && sudo apt-get install -y %s\n' "${wanted[*]}" >&2
    exit 1
  fi
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" \
    </dev/null >/dev/null 2>&1; then
    die "could not install them; try: apt-get update && apt-get install -y ${wanted[*]}"
  fi
}

# Makes sure that there is a Java of version 17 to $1 that can run (java) or also compile (javac, with
# Maven), and exports its JAVA_HOME.
need_java() {
  local jdk='' maven=''
  find_java 17 "$1" "$2" || jdk=jdk
  if [[ $2 == javac ]] && ! command -v mvn >/dev/null; then maven=maven; fi
  if [[ -z $jdk$maven ]]; then return; fi
  install_tools "$jdk" "$maven"
  find_java 17 "$1" "$2" || die "found no Java 17${1:+ to $1} even now; set JAVA_HOME to one"
}

# Whether the file $1 is there and no source of the modules that follow is newer.
fresh() {
  local file=$1 module sources=("$root/pom.xml")
  [[ -f $file ]] || return 1
  for module in "${@:2}"; do sources+=("$root/$module/pom.xml" "$root/$module/src/main"); done
  [[ -z $(find "${sources[@]}" -newer "$file" -print -quit) ]]
}

# On a terminal: how many files Maven has fetched so far, from its log $1.
show_downloads() {
  local count
  while sleep 1; do
    count=$(grep -c 'Downloaded from' "$1") || continue
    printf '\rvm-trace: %s files fetched' "$count" >&2
  done
}

# To be called before Maven: it writes a new jar into the file of the old one, which a running program
# still reads classes from. From here on that file is the program's alone.
spare_running_jars() {
  local jar
  for jar in "$root"/{collector,spark-job}/target/vm-trace-*.jar; do
    if [[ -f $jar ]]; then cp -p "$jar" "$jar.copy" && mv -f "$jar.copy" "$jar"; fi
  done
}

# Builds the module $1, which makes the jar $2, unless the command that follows says that it is done.
# Two at once: the second waits for the first and finds its work done.
build() {
  local module=$1 jar=$2 up_to_date=("${@:3}") lock log start progress='' status=0
  exec {lock}<"$root/pom.xml"
  if ! flock -n "$lock"; then
    say "waiting for another build"
    flock "$lock"
  fi
  if ! "${up_to_date[@]}"; then
    say "building ${jar##*/}; the first time, Maven also fetches what it needs"
    mkdir -p "$root/$module/target" 2>/dev/null || die "cannot write to $root: build it as its owner"
    log=$root/$module/target/launch-build.log
    { : >"$log"; } 2>/dev/null || die "cannot write to $root: build it as its owner"
    spare_running_jars
    start=$(mktemp)
    if [[ -t 2 ]]; then
      show_downloads "$log" &
      progress=$!
    fi
    # -Dlaunch leaves out the checks, the tests and whatever only they need.
    (cd "$root" && MAVEN_OPTS=${MAVEN_OPTS:--XX:TieredStopAtLevel=1} exec mvn -B -nsu \
      -Dstyle.color=never -Dlaunch -pl "$module" -am package) \
      {lock}<&- </dev/null >"$log" 2>&1 || status=$?
    if [[ -n $progress ]]; then
      kill "$progress" 2>/dev/null || true
      wait "$progress" 2>/dev/null || true
      printf '\r\033[K' >&2
    fi
    if ((status == 0)); then
      # What was changed during the build is newer than its result.
      touch -r "$start" "$jar"
      rm -f "$start"
    else
      rm -f "$start"
      if ((status == 130)); then exit 130; fi # Ctrl-C
      grep -m 1 '^\[ERROR\]' "$log" >&2 || true
      die "the build failed; Maven's output is in $log"
    fi
  fi
  exec {lock}<&-
}
