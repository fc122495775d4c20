// The hooks that `-sanitize=fuzzer` has the compiler call: counters that it increments in line, and comparisons.
#include "edges.h"

#include <stdlib.h>
#include <string.h>

// A module a shared object; more are left out.
enum { most_modules = 64, operands = 256 };

struct module {
  uint8_t *begin, *end;
  // Of each counter, the classes of its values that were met.
  uint8_t *met;
};

static struct module modules[most_modules];
static size_t module_count, total, covered;
static uint64_t operand_values[operands];
static uint8_t operand_sizes[operands];
static size_t operand_next, operand_count;
static int recording;

void __sanitizer_cov_8bit_counters_init(uint8_t *begin, uint8_t *end) {
  for (size_t i = 0; i < module_count; i++)
    if (modules[i].begin == begin) return;
  if (begin >= end || module_count == most_modules) return;
  uint8_t *met = calloc((size_t)(end - begin), 1);
  if (met == NULL) return;
  modules[module_count++] = (struct module){begin, end, met};
  total += (size_t)(end - begin);
}

void __sanitizer_cov_pcs_init(const uintptr_t *begin, const uintptr_t *end) { (void)begin, (void)end; }
void __sanitizer_cov_trace_pc_indir(uintptr_t callee) { (void)callee; }

// How deep the stack went, which the instrumented code writes and we leave aside.
_Thread_local uintptr_t __sancov_lowest_stack = UINTPTR_MAX;

size_t edges_count(void) { return total; }
size_t edges_covered(void) { return covered; }

void edges_clear(void) {
  for (size_t i = 0; i < module_count; i++) memset(modules[i].begin, 0, (size_t)(modules[i].end - modules[i].begin));
}

// 1, 2, 3, 4–7, 8–15, 16–31, 32–127 and more: a class each, as AFL has them.
static uint8_t class_of(uint8_t count) {
  if (count < 4) return (uint8_t)(1u << (count - 1));
  return (uint8_t)(count < 8 ? 8 : count < 16 ? 16 : count < 32 ? 32 : count < 128 ? 64 : 128);
}

static size_t collect_one(struct module *module, uint8_t *counter) {
  uint8_t class = class_of(*counter), *met = &module->met[counter - module->begin];
  if (*met & class) return 0;
  if (*met == 0) covered++;
  *met |= class;
  return 1;
}

size_t edges_collect(void) {
  size_t fresh = 0;
  for (size_t i = 0; i < module_count; i++) {
    struct module *module = &modules[i];
    uint8_t *at = module->begin, *end = module->end;
    for (; at < end && ((uintptr_t)at & 63) != 0; at++) {
      if (*at) fresh += collect_one(module, at), *at = 0;
    }
    for (; at + 64 <= end; at += 64) {
      // Most of them are untouched: 64 at a time, which the compiler does in a few instructions.
      uint64_t words[8], any = 0;
      memcpy(words, at, 64);
      for (int word = 0; word < 8; word++) any |= words[word];
      if (any == 0) continue;
      for (int word = 0; word < 8; word++) {
        if (words[word] == 0) continue;
        for (int octet = 0; octet < 8; octet++) {
          uint8_t *counter = at + word * 8 + octet;
          if (*counter) fresh += collect_one(module, counter);
        }
      }
      memset(at, 0, 64);
    }
    for (; at < end; at++) {
      if (*at) fresh += collect_one(module, at), *at = 0;
    }
  }
  return fresh;
}

void edges_record_operands(int on) {
  recording = on;
  if (on) operand_next = operand_count = 0;
}

size_t edges_operand(uint64_t choice, uint8_t octets[8]) {
  if (operand_count == 0) return 0;
  size_t place = choice % operand_count;
  memcpy(octets, &operand_values[place], 8);
  return operand_sizes[place];
}

static inline void compared(uint64_t first, uint64_t second, uint8_t size) {
  if (!recording || first == second) return;
  operand_values[operand_next] = first;
  operand_sizes[operand_next] = size;
  operand_next = (operand_next + 1) % operands;
  if (operand_count < operands) operand_count++;
}

// Of two values either may be what the input lacks; a constant, which comes first, is.
void __sanitizer_cov_trace_cmp1(uint8_t a, uint8_t b) { compared(a, b, 1); }
void __sanitizer_cov_trace_cmp2(uint16_t a, uint16_t b) { compared(a, b, 2); }
void __sanitizer_cov_trace_cmp4(uint32_t a, uint32_t b) { compared(a, b, 4); }
void __sanitizer_cov_trace_cmp8(uint64_t a, uint64_t b) { compared(a, b, 8); }
void __sanitizer_cov_trace_const_cmp1(uint8_t a, uint8_t b) { compared(a, b, 1); }
void __sanitizer_cov_trace_const_cmp2(uint16_t a, uint16_t b) { compared(a, b, 2); }
void __sanitizer_cov_trace_const_cmp4(uint32_t a, uint32_t b) { compared(a, b, 4); }
void __sanitizer_cov_trace_const_cmp8(uint64_t a, uint64_t b) { compared(a, b, 8); }
void __sanitizer_cov_trace_div4(uint32_t value) { (void)value; }
void __sanitizer_cov_trace_div8(uint64_t value) { (void)value; }
void __sanitizer_cov_trace_gep(uintptr_t index) { (void)index; }

void __sanitizer_cov_trace_switch(uint64_t value, uint64_t *cases) {
  if (!recording) return;
  // The number of cases, the width of the value in bits, and the cases.
  for (uint64_t i = 0; i < cases[0] && i < 16; i++) compared(cases[2 + i], value, (uint8_t)(cases[1] / 8));
}
