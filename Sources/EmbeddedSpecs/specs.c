// Made by scripts/embed-specs.sh: `make specs`. A test compares the list with the folder.
#include "EmbeddedSpecs.h"


const struct embedded_spec embedded_specs[] = {
};
const size_t embedded_specs_count = 0;
