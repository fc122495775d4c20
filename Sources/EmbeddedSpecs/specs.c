#include "EmbeddedSpecs.h"
#include <string.h>

// The entry before ends where the next begins; the first is empty, so that each file in the list is two plain lines.
#define FILE(path) 0}}, {path, (const unsigned char[]){
static const struct { const char *path; const unsigned char *octets; } specs[] = {{"", (const unsigned char[]){
#include "../../specs/embedded.h"
0}}};

size_t embedded_specs_count(void) { return sizeof specs / sizeof *specs - 1; }

struct embedded_spec embedded_spec_at(size_t index) {
  size_t place = index < embedded_specs_count() ? index + 1 : 0;
  return (struct embedded_spec){specs[place].path, specs[place].octets, strlen((const char *)specs[place].octets)};
}
