#pragma once
#include <stddef.h>

/// One file of `corpus/`, as it was when the binary was built.
struct embedded_file {
  const char *path;              ///< below `corpus/`
  const unsigned char *octets;
  size_t count;
};

size_t embedded_corpus_count(void);

/// The file at a place, from 0; an empty one past the end.
struct embedded_file embedded_file_at(size_t index);
