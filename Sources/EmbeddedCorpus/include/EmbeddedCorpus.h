#pragma once
#include <stddef.h>

/// One file of `corpus/`, as it was when the binary was built.
struct embedded_file {
  const char *path;              ///< below `corpus/`
  const unsigned char *octets;
  size_t count;
};

extern const struct embedded_file embedded_corpus[];
extern const size_t embedded_corpus_count;

/// The file at a place, from 0; an empty one past the end.
static inline struct embedded_file embedded_file_at(size_t index) {
  struct embedded_file none = {0, 0, 0};
  return index < embedded_corpus_count ? embedded_corpus[index] : none;
}
