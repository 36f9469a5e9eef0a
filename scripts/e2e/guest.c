/*
 * The smallest guest that leaves guest mode in several ways: each turn writes a port, reads a port
 * and executes CPUID; each round ends with HLT. Real mode, no devices, a page of memory.
 *
 *   guest ROUNDS TURNS CPU...      one vCPU a CPU, its thread pinned there
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

enum { CODE_AT = 0x1000, MEMORY = 0x2000, TURNS_AT = 2 };

static const unsigned char code[] = {
	0x66, 0xbe, 0, 0, 0, 0,		/* start: mov $turns, %esi */
	0xe6, 0x10,			/* turn:  out %al, $0x10 */
	0xe4, 0x11,			/*        in $0x11, %al */
	0x0f, 0xa2,			/*        cpuid */
	0x66, 0x4e,			/*        dec %esi */
	0x75, 0xf6,			/*        jnz turn */
	0xf4,				/*        hlt */
	0xeb, 0xed,			/*        jmp start */
};

struct vcpu {
	pthread_t thread;
	int number, cpu, fd;
	struct kvm_run *run;
};

static int rounds;

static int must(int result, const char *what)
{
	if (result < 0)
		err(1, "%s", what);
	return result;
}

static void *run(void *argument)
{
	struct vcpu *vcpu = argument;
	char name[16];
	cpu_set_t set;

	snprintf(name, sizeof(name), "CPU %d/KVM", vcpu->number);
	pthread_setname_np(pthread_self(), name);
	CPU_ZERO(&set);
	CPU_SET(vcpu->cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		err(1, "cannot run on CPU %d", vcpu->cpu);
	for (int left = rounds; left > 0;) {
		must(ioctl(vcpu->fd, KVM_RUN, 0), "KVM_RUN");
		if (vcpu->run->exit_reason == KVM_EXIT_HLT)
			left--;
		else if (vcpu->run->exit_reason != KVM_EXIT_IO)
			errx(1, "unexpected exit %u", vcpu->run->exit_reason);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct kvm_userspace_memory_region region = { .memory_size = MEMORY };
	int vcpus = argc - 3, kvm, vm, run_bytes;
	struct vcpu *all = calloc(vcpus > 0 ? vcpus : 1, sizeof(*all));
	unsigned turns;
	char *memory;

	if (vcpus < 1 || !all)
		errx(2, "usage: guest ROUNDS TURNS CPU...");
	rounds = atoi(argv[1]);
	turns = atoi(argv[2]);
	kvm = must(open("/dev/kvm", O_RDWR | O_CLOEXEC), "/dev/kvm");
	vm = must(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
	run_bytes = must(ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0), "KVM_GET_VCPU_MMAP_SIZE");
	memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		err(1, "mmap");
	memcpy(memory + CODE_AT, code, sizeof(code));
	memcpy(memory + CODE_AT + TURNS_AT, &turns, sizeof(turns));
	region.userspace_addr = (unsigned long)memory;
	must(ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region), "KVM_SET_USER_MEMORY_REGION");
	for (int i = 0; i < vcpus; i++) {
		struct kvm_regs regs = { .rip = CODE_AT, .rflags = 2 };
		struct kvm_sregs sregs;
		struct vcpu *vcpu = &all[i];

		vcpu->number = i;
		vcpu->cpu = atoi(argv[3 + i]);
		vcpu->fd = must(ioctl(vm, KVM_CREATE_VCPU, i), "KVM_CREATE_VCPU");
		vcpu->run = mmap(NULL, run_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu->fd, 0);
		if (vcpu->run == MAP_FAILED)
			err(1, "mmap");
		must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
		sregs.cs.base = sregs.cs.selector = 0;
		must(ioctl(vcpu->fd, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
		must(ioctl(vcpu->fd, KVM_SET_REGS, &regs), "KVM_SET_REGS");
	}
	for (int i = 0; i < vcpus; i++)
		if (pthread_create(&all[i].thread, NULL, run, &all[i]))
			errx(1, "pthread_create");
	for (int i = 0; i < vcpus; i++)
		pthread_join(all[i].thread, NULL);
	return 0;
}
