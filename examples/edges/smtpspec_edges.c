/*
 * Shows `smtpspec fuzz server --edges` what a server reaches, where the server is not built by AFL's compilers but with
 * SanitizerCoverage. Build the server with -fsanitize-coverage=trace-pc-guard, and link this file, which is built without:
 *
 *     clang -c smtpspec_edges.c
 *     clang -fsanitize-coverage=trace-pc-guard -o mta mta.c smtpspec_edges.o
 *     smtpspec fuzz server 127.0.0.1:2525 --server ./mta --edges
 *
 * The counters lie in shared memory of the form that AFL uses: the variables __AFL_SHM_ID and AFL_MAP_SIZE name it, children
 * have it too, and without the variables nothing is counted. A server that cleans its environment before it starts another
 * program must let the two through.
 */
#include <stdint.h>
#include <stdlib.h>
#include <sys/shm.h>

static uint8_t *map;
static uint32_t size, edges;

/* Attaches the memory, once: the first module that is loaded comes before any constructor of ours. */
static void attach(void) {
  static int tried;
  if (tried) return;
  tried = 1;
  const char *name = getenv("__AFL_SHM_ID"), *octets = getenv("AFL_MAP_SIZE");
  if (name == NULL) return;
  unsigned long wanted = octets != NULL ? strtoul(octets, NULL, 10) : 65536;
  if (wanted < 2 || wanted > UINT32_MAX) return;
  void *attached = shmat((int)strtol(name, NULL, 10), NULL, 0);
  if (attached == (void *)-1) return;
  map = attached;
  size = (uint32_t)wanted;
  /* Says that there is somebody, as AFL's own runtime does. */
  map[0] = 1;
}

/* Numbers the edges of a module; where there are more than the map has octets, several share one. */
void __sanitizer_cov_trace_pc_guard_init(uint32_t *guard, uint32_t *end) {
  attach();
  if (map == NULL || guard == end || *guard != 0) return;
  for (; guard < end; guard++) *guard = 1 + edges++ % (size - 1);
}

/* Counts an edge; a counter that runs over goes on from 1, since 0 is an edge that was not reached. */
void __sanitizer_cov_trace_pc_guard(uint32_t *guard) {
  if (*guard == 0) return;
  uint8_t *count = &map[*guard];
  if (++*count == 0) *count = 1;
}
