#pragma once
#include <stddef.h>

/// One file of `specs/`, as it was when the binary was built.
struct embedded_spec {
  const char *path;              ///< below `specs/`
  const unsigned char *octets;
  size_t count;
};

size_t embedded_specs_count(void);

/// The file at a place, from 0; an empty one past the end.
struct embedded_spec embedded_spec_at(size_t index);
