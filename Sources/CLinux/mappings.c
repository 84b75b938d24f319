#define _GNU_SOURCE
#include "shim.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Files that are mapped now. Entries are never freed, only used again: the signal's handler may look at any time and on any
// thread, and takes no lock.
struct tiresias_mapping {
  _Atomic(uintptr_t) start;
  _Atomic(size_t) size;  // 0: free
  struct tiresias_mapping *next;
  char path[4096];
};

static _Atomic(struct tiresias_mapping *) first;
static pthread_mutex_t changing = PTHREAD_MUTEX_INITIALIZER;

static tiresias_mapping *free_entry(void) {
  for (tiresias_mapping *entry = atomic_load(&first); entry; entry = entry->next) {
    if (atomic_load(&entry->size) == 0) return entry;
  }
  tiresias_mapping *entry = calloc(1, sizeof *entry);
  if (!entry) return NULL;
  entry->next = atomic_load(&first);
  atomic_store(&first, entry);
  return entry;
}

tiresias_mapping *tiresias_mapping_add(const void *start, size_t size, const char *path) {
  pthread_mutex_lock(&changing);
  tiresias_mapping *entry = free_entry();
  if (entry) {
    strncpy(entry->path, path, sizeof entry->path - 1);
    atomic_store(&entry->start, (uintptr_t)start);
    atomic_store(&entry->size, size);
  }
  pthread_mutex_unlock(&changing);
  return entry;
}

void tiresias_mapping_remove(tiresias_mapping *mapping) {
  if (mapping) atomic_store(&mapping->size, 0);
}

// MARK: The signal. Only what is safe in a handler from here on: no allocation, no stdio, no locks.

static void say(const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t count = write(STDERR_FILENO, text, left);
    if (count <= 0) return;
    text += count;
    left -= (size_t)count;
  }
}

static void say_number(size_t number) {
  char digits[24];
  char *start = digits + sizeof digits - 1;
  *start = 0;
  do {
    *--start = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  say(start);
}

static void leave(int signal, siginfo_t *information, void *context) {
  (void)context;
  uintptr_t address = (uintptr_t)information->si_addr;
  for (tiresias_mapping *entry = atomic_load(&first); entry; entry = entry->next) {
    uintptr_t start = atomic_load(&entry->start);
    if (address < start || address - start >= atomic_load(&entry->size)) continue;
    say("tiresias: ");
    say(entry->path);
    say(", byte ");
    say_number(address - start);
    say(": cannot read: the file was cut, or its disk failed, while it was being read. Leave it alone until the command is "
        "done, or bring it back, and run the command again.\n");
    _exit(1);
  }
  // None of ours: what would have happened without this handler happens on return.
  struct sigaction usual = {.sa_handler = SIG_DFL};
  sigaction(signal, &usual, NULL);
}

void tiresias_exit_on_lost_mappings(void) {
  struct sigaction action = {.sa_sigaction = leave, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, NULL);
}
