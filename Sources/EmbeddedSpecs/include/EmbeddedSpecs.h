#pragma once
#include <stddef.h>

/// One file of `specs/`, as it was when the binary was built.
struct embedded_spec {
  const char *path;              ///< below `specs/`
  const unsigned char *octets;
  size_t count;
};

extern const struct embedded_spec embedded_specs[];
extern const size_t embedded_specs_count;

/// The file at a place, from 0; an empty one past the end.
static inline struct embedded_spec embedded_spec_at(size_t index) {
  struct embedded_spec none = {0, 0, 0};
  return index < embedded_specs_count ? embedded_specs[index] : none;
}
