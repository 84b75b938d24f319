// Loaded before the C library: counts the calls that change files, or read them, and has one of them go wrong.
//
//   FAULT_COUNT=FILE          writes the number of calls there at the end
//   FAULT_AT=N                the call that goes wrong, from 1
//   FAULT_DO=kill             the process is killed before the call
//            crash            so is the machine: what was not synchronized is lost
//            ENOSPC, EIO, …   the call fails with that error, and all like it behind it, too (a full disk stays full)
//            stop             the process is stopped before the call, once, until it gets SIGCONT
//   FAULT_CALLS=write|read    which calls are counted
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long calls, at = -1;
static int error, counts_reads, kills, crashes, stops;

// Ranges that were written and not synchronized, by descriptor.
struct range { int descriptor; off_t start, end; };
static struct range ranges[1 << 16];
static int count;

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("FAULT_AT"), *what = getenv("FAULT_DO"), *which = getenv("FAULT_CALLS");
  if (where) at = atol(where);
  counts_reads = which && !strcmp(which, "read");
  if (!what) return;
  kills = !strcmp(what, "kill");
  crashes = !strcmp(what, "crash");
  stops = !strcmp(what, "stop");
  error = !strcmp(what, "ENOSPC") ? ENOSPC : !strcmp(what, "EDQUOT") ? EDQUOT : !strcmp(what, "EIO") ? EIO : 0;
}

__attribute__((destructor)) static void finish(void) {
  const char *path = getenv("FAULT_COUNT");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) fprintf(file, "%ld\n", calls), fclose(file);
}

// The page cache is lost: what was not synchronized reads as zeros, or is not there.
static void lose(void) {
  static char zeros[1 << 16];
  for (int i = 0; i < count; i++) {
    struct stat status;
    if (fstat(ranges[i].descriptor, &status)) continue;
    if (ranges[i].end >= status.st_size && i % 2) {
      if (REAL(ftruncate)(ranges[i].descriptor, ranges[i].start)) continue;
    }
    for (off_t place = ranges[i].start; place < ranges[i].end && place < status.st_size; place += sizeof zeros) {
      size_t size = ranges[i].end - place < (off_t)sizeof zeros ? ranges[i].end - place : (off_t)sizeof zeros;
      if (REAL(pwrite)(ranges[i].descriptor, zeros, size, place) < 0) break;
    }
  }
}

// Nonzero where the call is to fail.
static int strike(int is_read) {
  if (is_read != counts_reads) return 0;
  calls++;
  if (at < 0 || calls < at) return 0;
  if (stops && calls == at) kill(getpid(), SIGSTOP);
  if (kills || crashes) {
    if (crashes) lose();
    kill(getpid(), SIGKILL);
    pause();
  }
  return error;
}

static int regular(int descriptor) {
  struct stat status;
  return !fstat(descriptor, &status) && S_ISREG(status.st_mode);
}

static void note(int descriptor, off_t start, ssize_t size) {
  if (size > 0 && count < (int)(sizeof ranges / sizeof *ranges))
    ranges[count++] = (struct range){descriptor, start, start + size};
}

static void forget(int descriptor) {
  int kept = 0;
  for (int i = 0; i < count; i++)
    if (ranges[i].descriptor != descriptor) ranges[kept++] = ranges[i];
  count = kept;
}

#define FAULTY(descriptor, is_read, call)                    \
  if (!regular(descriptor)) return call;                     \
  pthread_mutex_lock(&lock);                                 \
  int failure = strike(is_read);

ssize_t write(int descriptor, const void *bytes, size_t size) {
  FAULTY(descriptor, 0, REAL(write)(descriptor, bytes, size))
  off_t start = lseek(descriptor, 0, SEEK_CUR);
  ssize_t done = failure ? -1 : REAL(write)(descriptor, bytes, size);
  note(descriptor, start, done);
  pthread_mutex_unlock(&lock);
  if (failure) errno = failure;
  return done;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t start) {
  FAULTY(descriptor, 0, REAL(pwrite)(descriptor, bytes, size, start))
  ssize_t done = failure ? -1 : REAL(pwrite)(descriptor, bytes, size, start);
  note(descriptor, start, done);
  pthread_mutex_unlock(&lock);
  if (failure) errno = failure;
  return done;
}

int fsync(int descriptor) {
  FAULTY(descriptor, 0, REAL(fsync)(descriptor))
  // It is synchronized only where the call succeeds.
  int result = failure ? -1 : REAL(fsync)(descriptor);
  if (!result) forget(descriptor);
  pthread_mutex_unlock(&lock);
  if (failure) errno = failure;
  return result;
}

int ftruncate(int descriptor, off_t size) {
  FAULTY(descriptor, 0, REAL(ftruncate)(descriptor, size))
  int result = failure ? -1 : REAL(ftruncate)(descriptor, size);
  pthread_mutex_unlock(&lock);
  if (failure) errno = failure;
  return result;
}

int rename(const char *from, const char *to) {
  pthread_mutex_lock(&lock);
  int failure = strike(0);
  int result = failure ? -1 : REAL(rename)(from, to);
  pthread_mutex_unlock(&lock);
  if (failure) errno = failure;
  return result;
}

int close(int descriptor) {
  pthread_mutex_lock(&lock);
  // What is closed unsynchronized may be lost as well, but its descriptor is gone: a second one keeps it in reach.
  for (int i = 0, copy = -1; i < count; i++)
    if (ranges[i].descriptor == descriptor) {
      if (copy < 0) copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 1000);
      ranges[i].descriptor = copy;
    }
  int result = REAL(close)(descriptor);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t read(int descriptor, void *bytes, size_t size) {
  FAULTY(descriptor, 1, REAL(read)(descriptor, bytes, size))
  ssize_t done = failure ? -1 : REAL(read)(descriptor, bytes, size);
  pthread_mutex_unlock(&lock);
  if (failure) errno = failure;
  return done;
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t start) {
  FAULTY(descriptor, 1, REAL(pread)(descriptor, bytes, size, start))
  ssize_t done = failure ? -1 : REAL(pread)(descriptor, bytes, size, start);
  pthread_mutex_unlock(&lock);
  if (failure) errno = failure;
  return done;
}
