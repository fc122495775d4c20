#include "EmbeddedCorpus.h"
#include <string.h>

// The entry before ends where the next begins; the first is empty, so that each file in the list is two plain lines.
#define FILE(path) 0}}, {path, (const unsigned char[]){
static const struct { const char *path; const unsigned char *octets; } corpus[] = {{"", (const unsigned char[]){
#include "../../corpus/embedded.h"
0}}};

size_t embedded_corpus_count(void) { return sizeof corpus / sizeof *corpus - 1; }

struct embedded_file embedded_file_at(size_t index) {
  size_t place = index < embedded_corpus_count() ? index + 1 : 0;
  return (struct embedded_file){corpus[place].path, corpus[place].octets, strlen((const char *)corpus[place].octets)};
}
