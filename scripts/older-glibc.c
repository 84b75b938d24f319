// What the static program would otherwise want of glibc 2.35, so that 2.34 will do: that of Red Hat Enterprise Linux 9 and all that
// is built from it, which many clusters run. Linked by scripts/static.sh with --wrap=hypot --wrap=hypotf.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#define FIRST "GLIBC_2.2.5"
#else
#define FIRST "GLIBC_2.17"
#endif

// Of the same value; version 2.35 no longer calls matherr.
__asm__(".symver first_hypot, hypot@" FIRST);
__asm__(".symver first_hypotf, hypotf@" FIRST);
extern double first_hypot(double, double);
extern float first_hypotf(float, float);
double __wrap_hypot(double x, double y) { return first_hypot(x, y); }
float __wrap_hypotf(float x, float y) { return first_hypotf(x, y); }

#ifdef DLFO_STRUCT_HAS_EH_DBASE

typedef struct {
  uintptr_t address;
  struct dl_find_object *found;
  int is_there;
} search;

static int look(struct dl_phdr_info *object, size_t size, void *argument) {
  (void)size;
  search *search = argument;
  int holds_it = 0;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[i];
    uintptr_t start = object->dlpi_addr + part->p_vaddr;
    if (part->p_type == PT_GNU_EH_FRAME) search->found->dlfo_eh_frame = (void *)start;
    if (part->p_type != PT_LOAD || search->address - start >= part->p_memsz) continue;
    holds_it = 1;
    search->found->dlfo_map_start = (void *)start;
    search->found->dlfo_map_end = (void *)(start + part->p_memsz);
  }
  search->is_there = holds_it && search->found->dlfo_eh_frame;
  if (!search->is_there) search->found->dlfo_eh_frame = NULL;
  return holds_it;
}

// Where the tables are that a C++ exception is unwound by: what gcc's runtime asks glibc 2.35 for, by the way of the versions before.
int _dl_find_object(void *address, struct dl_find_object *found) {
  *found = (struct dl_find_object){0};
  search search = {(uintptr_t)address, found, 0};
  dl_iterate_phdr(look, &search);
  return search.is_there ? 0 : -1;
}
#endif
