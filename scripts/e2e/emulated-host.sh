# A host with KVM on a machine that has none: QEMU emulates an AMD processor with SVM. Sourced, not run.
# shellcheck shell=bash

# Installs the programs that the functions below call; says which.
host_needs() {
  local program package missing=()
  while read -r program package; do
    if ! command -v "$program" >/dev/null; then missing+=("$package"); fi
  done <<'LIST'
qemu-system-x86_64 qemu-system-x86
busybox busybox-static
modprobe kmod
cpio cpio
xz xz-utils
zstd zstd
gcc gcc
trace-cmd trace-cmd
LIST
  if [[ ! -e /usr/include/linux/kvm.h ]]; then missing+=(libc6-dev linux-libc-dev); fi
  if ((${#missing[@]} == 0)); then return 0; fi
  if ((EUID != 0)); then die "needs ${missing[*]}: sudo apt-get install ${missing[*]}"; fi
  say "installing ${missing[*]} (apt-get)"
  apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    </dev/null >/dev/null 2>&1 || die "could not install ${missing[*]}"
}

# Prints the folder with the newest kernel of the Debian suite $1, unpacked below the folder $2. Nothing
# is installed: apt works there on lists of its own.
host_kernel() {
  local suite=$1 apt=$2/apt-$1 mirror package file folder packages=() at=0 options
  # shellcheck disable=SC2016 # these are for apt
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' |
    sed -n 's/ Debian Debian$//p' | head -n 1)
  if [[ -z $mirror ]]; then die "apt knows no Debian mirror; is this Debian, and apt-get update done?"; fi
  mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/packages"
  touch "$apt/status"
  echo "deb $mirror $suite main" >"$apt/sources"
  options=(-qq -o "Dir::Etc::SourceList=$apt/sources" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$apt/lists" -o "Dir::State::Status=$apt/status"
    -o "Dir::Cache=$apt" -o Acquire::Languages=none -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update >&2 || die "apt-get update fails for $suite"
  package=$(apt-cache "${options[@]}" pkgnames linux-image- | grep -- '^linux-image-[0-9].*-amd64$' |
    grep -v -e '-cloud-' -e '-rt-' -e unsigned | sort -V | tail -n 1)
  if [[ -z $package ]]; then die "$suite has no kernel"; fi
  folder=$2/$suite-${package#linux-image-}
  if [[ ! -e $folder/whole ]]; then
    say "fetching $package of $suite"
    rm -rf "$folder"
    mkdir -p "$folder"
    # Newer kernels are spread over several packages.
    packages=("$package")
    while ((at < ${#packages[@]})); do
      rm -f "$apt"/packages/*.deb
      (cd "$apt/packages" && apt-get "${options[@]}" download "${packages[at]}" >&2) ||
        die "cannot fetch ${packages[at]}"
      file=$(echo "$apt"/packages/*.deb)
      dpkg-deb -x "$file" "$folder"
      mapfile -t -O "${#packages[@]}" packages < <(dpkg-deb -f "$file" Depends | tr ',' '\n' |
        sed -nE 's/^ *(linux-(binary|modules|image)-[^ (]*).*/\1/p')
      at=$((at + 1))
    done
    rm -f "$apt"/packages/*.deb
    touch "$folder/whole"
  fi
  echo "$folder"
}

# Prints the folder of modules below the kernel folder $1.
host_modules() {
  local modules
  for modules in "$1"/usr/lib/modules/*/kernel "$1"/lib/modules/*/kernel; do
    if [[ -d $modules ]]; then
      echo "${modules%/kernel}"
      return 0
    fi
  done
  die "$1 holds no modules"
}

# Makes the file system that the kernel of the folder $1 starts with: $2. The folder $3 is shared.
host_initrd() {
  local work modules release module file
  work=$(mktemp -d)
  modules=$(host_modules "$1")
  release=${modules##*/}
  mkdir -p "$work"/fs/{bin,proc,sys,dev,modules,host} "$work/base/lib/modules"
  ln -s "$modules" "$work/base/lib/modules/$release"
  if [[ ! -e $modules/modules.dep ]]; then depmod -b "$work/base" "$release"; fi
  for module in virtio_pci 9pnet_virtio 9p kvm kvm_amd; do
    modprobe -d "$work/base" -S "$release" --show-depends "$module" 2>/dev/null || true
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$work/order"
  while read -r file; do
    module=${file##*/}
    module=${module%%.ko*}.ko
    case $file in
      *.xz) xz -dc "$file" ;;
      *.zst) zstd -dqc "$file" ;;
      *.gz) gzip -dc "$file" ;;
      *) cat "$file" ;;
    esac >"$work/fs/modules/$module"
    echo "$module" >>"$work/fs/modules/order"
  done <"$work/order"
  cp "$(command -v busybox)" "$work/fs/bin/busybox"
  # tracefs stays unmounted: mounting it is the collector's business.
  cat >"$work/fs/init" <<INIT
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
while read -r module; do insmod "/modules/\$module"; done </modules/order
plan9() { mount -t 9p -o "trans=virtio,version=9p2000.L,msize=262144,\$3" "\$1" "\$2"; }
plan9 machine /host ro,cache=loose || poweroff -f
mount -t proc proc /host/proc
mount -t sysfs sysfs /host/sys
mount -t devtmpfs devtmpfs /host/dev
mount -t tmpfs tmpfs /host/tmp
mount -t tmpfs tmpfs /host/run
plan9 share "/host$3" rw
ip link set lo up
chroot /host /bin/bash "$3/job" >"/host$3/job.log" 2>&1 </dev/null
echo \$? >"/host$3/status"
sync
poweroff -f
INIT
  chmod +x "$work/fs/init"
  (cd "$work/fs" && find . | cpio -o -H newc --quiet | gzip -1) >"$2"
  rm -rf "$work"
}

# Boots the kernel of the folder $1 with $2 CPUs and runs the script $3/job there as root; this
# machine's files are there to be read, $3 also to be written. Gives up after $4 s. Returns the script's
# exit code.
host_run() {
  local kernel=$1 cpus=$2 share=$3 limit=$4 image
  image=$(find "$kernel" -name 'vmlinuz*' -type f | head -n 1)
  host_initrd "$kernel" "$share/initrd" "$share"
  rm -f "$share/status"
  timeout --foreground "$limit" qemu-system-x86_64 -nodefaults -no-user-config -no-reboot \
    -display none -machine q35 -accel tcg,thread=multi -cpu EPYC,+svm,+npt -smp "$cpus" -m 3072 \
    -kernel "$image" -initrd "$share/initrd" -serial "file:$share/console.log" \
    -append 'console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable clocksource=tsc' \
    -virtfs local,path=/,mount_tag=machine,security_model=none,readonly=on,multidevs=remap \
    -virtfs "local,path=$share,mount_tag=share,security_model=none,multidevs=remap" \
    </dev/null >"$share/qemu.log" 2>&1 || true
  rm -f "$share/initrd"
  if [[ ! -s $share/status ]]; then
    cat "$share/console.log" "$share/qemu.log" | grep -v "warning: TCG" | tail -n 20 >&2 || true
    say "the emulated host ended without a result"
    return 125
  fi
  return "$(<"$share/status")"
}
