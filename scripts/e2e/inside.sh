#!/usr/bin/env bash
# What runs inside the emulated host: captures of a guest, into the folder $1; $2 is the project, $3 where
# class-data archives lie.
set -uo pipefail
out=$1 root=$2
tracing=/sys/kernel/tracing
collect=$root/scripts/vm-trace-collect
# Where the machine is emulated, optimising code costs more than it gains.
export JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1 XDG_CACHE_HOME=$3 HOME=/tmp
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd /tmp || exit 1

# What a collector may not change.
state() {
  local name
  for name in set_event tracing_on trace_clock tracing_cpumask current_tracer; do
    echo "$name: $(tr '\n' ' ' <"$tracing/$name")"
  done
  ls "$tracing/instances"
}

# Waits until the collector with the process id $1 records. An instance is born with tracing on and
# without events: these are looked at first.
recording() {
  local instance=$tracing/instances/vm-trace-$1
  while [[ -d /proc/$1 ]]; do
    if [[ $(cat "$instance/events/kvm/kvm_entry/enable" 2>/dev/null) == 1 &&
      $(cat "$instance/tracing_on" 2>/dev/null) == 1 ]]; then return 0; fi
    sleep 0.2
  done
  return 1
}

# Runs a guest for the capture $1.
run_guest() {
  "$out/guest" "${@:2}" || echo "the guest failed" >>"$out/$1/said"
}

# capture NAME CPUS ROUNDS TURNS GUEST-CPU... [-- COLLECTOR-ARGUMENTS]: one guest, one capture. With
# held=1 a second guest runs while the collector stands still, and a third after it.
capture() {
  local name=$1 cpus=$2 guest=() pid
  shift 2
  while (($#)) && [[ $1 != -- ]]; do
    guest+=("$1")
    shift
  done
  if (($#)); then shift; fi
  mkdir -p "$out/$name"
  state >"$out/$name/before"
  "$collect" -p "$cpus" -c 0 -v -o "/tmp/$name.bin" "$@" >"$out/$name/summary" 2>"$out/$name/said" &
  pid=$!
  if recording "$pid"; then
    run_guest "$name" "${guest[@]}"
    if [[ -n ${held:-} ]]; then
      kill -STOP "$pid"
      run_guest "$name" "${guest[@]}"
      kill -CONT "$pid"
      run_guest "$name" "${guest[@]}"
    fi
    kill -TERM "$pid"
  fi
  wait "$pid"
  echo $? >"$out/$name/status"
  state >"$out/$name/after"
  mv /tmp/"$name"*.bin "$out/$name/"
}

uname -a
"$collect" -p 1 -c 0 -s 0.1 -o /tmp/first.bin 2>&1 >/dev/null | tee "$out/first"

# A guest that stands still is listed, too.
"$out/guest" 1000 1000 1 &
listed=$!
for ((tries = 0; tries < 300; tries++)); do
  if grep -qs KVM /proc/$listed/task/*/comm; then break; fi
  sleep 0.1
done
kill -STOP "$listed"
"$collect" --list >"$out/list" 2>&1
kill -KILL "$listed"
wait "$listed"

capture one 1 20 2000 1
capture two 1-2 20 2000 1 2
held=1 capture small 1 5 4000 1 -- --buffer-size 64K
capture merged 1-2 10 1000 1 2 -- --merge

# The traced CPU goes offline and comes back while its guest has ended.
mkdir -p "$out/offline"
state >"$out/offline/before"
"$collect" -p 1 -c 0 -o /tmp/offline.bin >"$out/offline/summary" 2>"$out/offline/said" &
pid=$!
if recording "$pid"; then
  "$out/guest" 5 1000 1
  echo 0 >/sys/devices/system/cpu/cpu1/online
  until grep -q offline "$out/offline/said" || [[ ! -d /proc/$pid ]]; do sleep 0.2; done
  echo 1 >/sys/devices/system/cpu/cpu1/online
  "$out/guest" 5 1000 1
  kill -TERM "$pid"
fi
wait "$pid"
echo $? >"$out/offline/status"
state >"$out/offline/after"
mv /tmp/offline.bin "$out/offline/"

# Side by side with trace-cmd: the same guest, the same size of buffers.
mkdir -p "$out/beside"
{
  ticks() { awk '{ print $14 + $15 + $16 + $17 }' "/proc/$1/stat" 2>/dev/null; }
  "$out/guest" 2 2000 1
  TIMEFORMAT='%R'
  printf 'guest alone: %s s\n' "$( { time "$out/guest" 20 2000 1; } 2>&1)"
  for analysis in '' --no-analysis; do
    "$collect" -p 1 -c 0 -q --buffer-size 1408K $analysis -o /tmp/beside.bin >/dev/null 2>/tmp/said &
    pid=$!
    recording "$pid"
    start=$(ticks "$pid")
    seconds=$( { time "$out/guest" 20 2000 1; } 2>&1)
    busy=$(($(ticks "$pid") - start))
    peak=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status")
    lost=$(awk '/^(overrun|dropped events)/ { sum += $NF } END { print sum }' \
      "$tracing/instances/vm-trace-$pid/per_cpu/cpu1/stats")
    kill -TERM "$pid"
    wait "$pid"
    printf 'vm-trace-collect %s: guest %s s, %s ticks while recording, peak %s kB, lost %s, file %s bytes\n' \
      "$analysis" "$seconds" "$busy" "$peak" "$lost" "$(stat -c %s /tmp/beside.bin)"
  done
  (cd /tmp && exec trace-cmd record --compression none -e kvm:kvm_exit -e kvm:kvm_entry -M 2 -C mono -b 1408 \
    -o /tmp/trace-cmd.dat) >/tmp/said 2>&1 &
  pid=$!
  until [[ $(cat $tracing/tracing_on) == 1 && -n $(cat $tracing/set_event) ]]; do sleep 0.2; done
  sleep 1
  workers=$(pgrep -P "$pid")
  start=0
  for worker in $pid $workers; do start=$((start + $(ticks "$worker"))); done
  seconds=$( { time "$out/guest" 20 2000 1; } 2>&1)
  busy=0 peak=0
  for worker in $pid $workers; do
    busy=$((busy + $(ticks "$worker")))
    peak=$((peak + $(awk '/^VmHWM/ { print $2 }' "/proc/$worker/status")))
  done
  lost=$(awk '/^(overrun|dropped events)/ { sum += $NF } END { print sum }' $tracing/per_cpu/cpu1/stats)
  kill -INT "$pid"
  wait "$pid"
  printf 'trace-cmd record: guest %s s, %s ticks while recording, peak %s kB in all, lost %s, file %s bytes\n' \
    "$seconds" "$((busy - start))" "$peak" "$lost" "$(stat -c %s /tmp/trace-cmd.dat)"
  trace-cmd report -i /tmp/trace-cmd.dat 2>/dev/null | grep -c 'kvm_e' | sed 's/^/trace-cmd events: /'
  trace-cmd reset >/dev/null 2>&1
} >"$out/beside/figures" 2>&1
exit 0
