# Where the JVM of a capture may start. Sourced, not run.
# shellcheck shell=bash

# Prints the numbers of a list such as 2-5,8, one a line; nothing if it is none.
cpu_numbers() {
  local part
  [[ $1 =~ ^[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5}(-[0-9]{1,5})?)*$ ]] || return 0
  for part in ${1//,/ }; do seq "${part%-*}" "${part#*-}"; done
}

# Prints the CPUs on which the JVM of these arguments should start, as taskset takes them: those of -c
# and --helper-cpus, without -c all but those of -p, for the program to choose from; nothing if no
# capture is asked for. The program checks and corrects this: here it is only about the moments until
# then.
collector_cpus() {
  local traced='' collector='' helpers='' allowed cpus argument
  while (($#)); do
    argument=$1
    shift
    case $argument in
      -p | --trace-cpus) traced=${1:-} ;;
      -p=* | --trace-cpus=*) traced=${argument#*=} ;;
      -p[0-9]*) traced=${argument#-p} ;;
      -c | --collect-cpu) collector=${1:-} ;;
      -c=* | --collect-cpu=*) collector=${argument#*=} ;;
      -c[0-9]*) collector=${argument#-c} ;;
      -[qv]*p) traced=${1:-} ;;
      -[qv]*c) collector=${1:-} ;;
      -[qv]*p[0-9]* | -[qv]*p=*) traced=${argument#*p} traced=${traced#=} ;;
      -[qv]*c[0-9]* | -[qv]*c=*) collector=${argument#*c} collector=${collector#=} ;;
      --helper-cpus) helpers=${1:-} ;;
      --helper-cpus=*) helpers=${argument#*=} ;;
    esac
  done
  if [[ -z $traced ]]; then return 0; fi
  cpus=$(cpu_numbers "$collector")
  if [[ -n $cpus ]]; then
    cpus=$(echo "$cpus"; cpu_numbers "$helpers")
  else
    allowed=$(sed -n 's/^Cpus_allowed_list:[[:blank:]]*//p' /proc/self/status)
    cpus=$(grep -vxF -f <(cpu_numbers "$traced") <(cpu_numbers "$allowed")) || return 0
  fi
  paste -sd , <<<"$cpus"
}
